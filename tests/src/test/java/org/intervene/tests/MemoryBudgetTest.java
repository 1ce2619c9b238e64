package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.experiment.Experiment;
import org.intervene.experiment.Options;
import org.intervene.model.safetensors.SafetensorsWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Budgets hold: measured on processes of their own, on a GPT-2 of random weights. */
class MemoryBudgetTest {
  private static final long MIB = 1L << 20;
  private static final int LAYERS = 4;
  private static final int WIDTH = 256;
  private static final int TOKENS = 48;
  private static final int VOCABULARY = 4000;
  private static final int PAIRS = 24;

  @TempDir Path folder;
  private Path spec;
  private Path heavy;
  private Path wide;
  private final Random random = new Random(1);

  @BeforeEach
  void writeModelAndSpec() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    String config =
        Files.readString(Bench.CONFORMANCE.resolve("gpt2-plain/config.json"))
            .replace("\"n_embd\": 20", "\"n_embd\": " + WIDTH)
            .replace("\"n_inner\": 28", "\"n_inner\": " + 4 * WIDTH)
            .replace("\"n_layer\": 3", "\"n_layer\": " + LAYERS)
            .replace("\"n_positions\": 16", "\"n_positions\": " + TOKENS)
            .replace("\"vocab_size\": 43", "\"vocab_size\": " + VOCABULARY);
    Files.writeString(model.resolve("config.json"), config);
    SafetensorsWriter.write(model.resolve("model.safetensors"), tensors(), Map.of());
    String row = "clean [%s] corrupt [%s] { answer 7 }\n";
    String rows =
        IntStream.range(0, PAIRS)
            .mapToObj(i -> row.formatted(ids(), ids()))
            .collect(Collectors.joining());
    spec =
        written(
            "sweep",
            rows,
            """
            run patched on p.corrupt for layer in all, pos in [0, 24, 47] {
              patch resid_pre[layer] @ pos from clean
            }
            run averaged on p.corrupt for layer in all { mean mlp_post[layer] over p.clean }
            metric l = logit(answer)
            """);
    heavy =
        written(
            "means",
            rows,
            """
            vector v = principal(1, resid_post[0] over p.clean)
            run pre on p.clean for layer in all { mean mlp_pre[layer] over p.clean by token }
            run post on p.clean for layer in all { mean mlp_post[layer] over p.clean by token }
            run steered on p.corrupt { steer resid_post[0] @ last by v * 2 }
            metric l = logit(answer)
            """);
    String metrics =
        IntStream.range(0, 60)
            .mapToObj(i -> "metric m%d = logit(%d)\n".formatted(i, i))
            .collect(Collectors.joining());
    wide =
        written(
            "metrics",
            rows,
            "run scaled on p.corrupt for pos in all { scale resid_post[3] @ pos by 2 }\n"
                + metrics);
  }

  private Path written(String name, String rows, String rest) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".ivn"),
        """
        experiment "%s"
        model "model" dtype float32
        data p pairs {
          %s}
        run clean on p.clean
        run corrupt on p.corrupt
        %s"""
            .formatted(name, rows, rest));
  }

  private String ids() {
    return IntStream.range(0, TOKENS)
        .mapToObj(i -> Integer.toString(random.nextInt(VOCABULARY)))
        .collect(Collectors.joining(", "));
  }

  private List<SafetensorsWriter.Tensor> tensors() {
    List<SafetensorsWriter.Tensor> all = new ArrayList<>();
    for (int l = 0; l < LAYERS; l++) {
      String block = "transformer.h." + l + ".";
      linear(all, block + "attn.c_attn", WIDTH, 3 * WIDTH);
      linear(all, block + "attn.c_proj", WIDTH, WIDTH);
      linear(all, block + "mlp.c_fc", WIDTH, 4 * WIDTH);
      linear(all, block + "mlp.c_proj", 4 * WIDTH, WIDTH);
      norm(all, block + "ln_1");
      norm(all, block + "ln_2");
    }
    norm(all, "transformer.ln_f");
    all.add(tensor("transformer.wpe.weight", 0, TOKENS, WIDTH));
    all.add(tensor("transformer.wte.weight", 0, VOCABULARY, WIDTH));
    return all;
  }

  private void linear(List<SafetensorsWriter.Tensor> all, String name, int in, int out) {
    all.add(tensor(name + ".weight", 0, in, out));
    all.add(tensor(name + ".bias", 0, out));
  }

  private void norm(List<SafetensorsWriter.Tensor> all, String name) {
    all.add(tensor(name + ".weight", 1, WIDTH));
    all.add(tensor(name + ".bias", 0, WIDTH));
  }

  /** Normal numbers around a mean. */
  private SafetensorsWriter.Tensor tensor(String name, double mean, int... shape) {
    List<Long> lengths = IntStream.of(shape).mapToObj(n -> (long) n).toList();
    int size = IntStream.of(shape).reduce(1, Math::multiplyExact);
    ByteBuffer bytes = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      bytes.putFloat((float) (mean + 0.05 * random.nextGaussian()));
    }
    return new SafetensorsWriter.Tensor(name, "F32", lengths, List.of(bytes.array()));
  }

  /** How a process did: most bytes of all of it, bytes estimated and in a file, its numbers. */
  private record Seen(long peak, long estimate, long spilled, double sum, String digest) {}

  @Test
  void holdWhateverTheyAre() throws IOException, InterruptedException {
    List<Seen> strict = new ArrayList<>();
    List<Seen> optimised = new ArrayList<>();
    for (Options.Strategy plan : List.of(Options.Strategy.OPTIMISED, Options.Strategy.STRICT)) {
      long least = enough(spec, plan);
      for (long budget : List.of(least, least + 40 * MIB, least + 640 * MIB)) {
        Seen seen = run(spec, budget, plan);
        String place = plan + " with " + budget / MIB + " MiB: " + seen;
        assertTrue(seen.estimate() <= budget, place);
        assertTrue(seen.peak() <= seen.estimate(), place);
        assertTrue(budget > least || seen.spilled() > 0, place);
        assertTrue(budget < least + 640 * MIB || seen.spilled() == 0, place);
        (plan == Options.Strategy.STRICT ? strict : optimised).add(seen);
      }
    }
    for (Seen seen : optimised) {
      assertEquals(optimised.get(0).sum(), seen.sum(), 1e-5 * seen.sum());
    }
    strict.forEach(s -> assertEquals(strict.get(0).digest(), s.digest()));
  }

  /** Sums of the means of 1000 tokens and more, in 64 bits, are most of what is held. */
  @Test
  void countWhatJavaHolds() throws IOException, InterruptedException {
    Options.Strategy plan = Options.Strategy.OPTIMISED;
    long least = enough(heavy, plan);
    assertTrue(least > enough(spec, plan) + 100 * MIB, "means are counted: " + least / MIB);
    Seen seen = run(heavy, least, plan);
    assertTrue(seen.estimate() <= least, seen.toString());
    assertTrue(seen.peak() <= seen.estimate(), seen.toString());
  }

  /** Sixty metrics of a thousand cells. */
  @Test
  void countResults() throws IOException, InterruptedException {
    Options.Strategy plan = Options.Strategy.OPTIMISED;
    long least = enough(wide, plan);
    Seen seen = run(wide, least, plan);
    assertTrue(seen.estimate() <= least, seen.toString());
    assertTrue(seen.peak() <= seen.estimate(), seen.toString());
  }

  @Test
  void holdForTheNaivePlanToo() throws IOException, InterruptedException {
    Options.Strategy plan = Options.Strategy.NAIVE;
    for (Path each : List.of(spec, heavy)) {
      long least = enough(each, plan);
      assertTrue(least > enough(each, Options.Strategy.OPTIMISED), "it keeps more");
      assertThrows(
          DiagnosticException.class,
          () -> Experiment.read(each).explain(options(plan, OptionalLong.of(least - MIB))));
      Seen seen = run(each, least, plan);
      assertTrue(seen.estimate() <= least, seen.toString());
      assertTrue(seen.peak() <= seen.estimate(), seen.toString());
    }
  }

  /** The smallest budget that would do, as a refusal says. */
  private static long enough(Path spec, Options.Strategy plan) throws IOException {
    DiagnosticException e =
        assertThrows(
            DiagnosticException.class,
            () -> Experiment.read(spec).explain(options(plan, OptionalLong.of(MIB))));
    assertEquals(DiagnosticException.Kind.MEMORY, e.kind());
    Diagnostic refused = e.diagnostics().get(0);
    assertEquals("memory.budget", refused.id());
    String help = refused.help().get(0);
    return MIB * Long.parseLong(help.replaceAll("(?s)^`--memory (\\d+)M` would do.*", "$1"));
  }

  @Test
  void aPlanThatCannotFitIsRefusedWithWhatWouldDo() throws IOException {
    long enough = enough(spec, Options.Strategy.OPTIMISED);
    Options.Strategy plan = Options.Strategy.OPTIMISED;
    Experiment.read(spec).explain(options(plan, OptionalLong.of(enough)));
    assertThrows(
        DiagnosticException.class,
        () -> Experiment.read(spec).explain(options(plan, OptionalLong.of(enough - MIB))));
  }

  private static Options options(Options.Strategy plan, OptionalLong memory) {
    return new Options(
        Map.of(), Optional.empty(), Optional.empty(), OptionalInt.of(1), plan, memory);
  }

  private Seen run(Path spec, long budget, Options.Strategy plan)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms128m", "-XX:+UseSerialGC", "-DOPT_OUT_TRACKING=true"));
    command.addAll(List.of("-Dai.djl.offline=true", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(PeakMemory.class.getName(), spec.toString()));
    command.addAll(List.of(Long.toString(budget), plan.name()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] all = process.getInputStream().readAllBytes();
    String printed = new String(all, StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    String[] words = printed.lines().reduce((a, b) -> b).orElseThrow().split(" ");
    return new Seen(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Double.parseDouble(words[3]),
        words[4]);
  }
}
