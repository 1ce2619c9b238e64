package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.execute.Progress;
import org.intervene.experiment.Experiment;
import org.intervene.experiment.Options;
import org.intervene.model.directory.ModelDirectory;
import org.intervene.model.placement.FreeMemory;
import org.intervene.model.placement.PartSizes;
import org.intervene.result.Result;
import org.intervene.result.ResultDirectory;
import org.intervene.result.RunInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code device auto} does, and says, where one device is too small for a model. */
class SpreadExperimentTest {
  private static final Path MODEL = Bench.CONFORMANCE.resolve("gpt2-plain").toAbsolutePath();

  /** What is left free on a device this small. */
  private static final long RESERVE = 1L << 30;

  private static final PartSizes SIZES =
      PartSizes.of(ModelDirectory.describe(MODEL).architecture(), 4);

  @TempDir Path folder;
  private Path spec;

  @BeforeEach
  void write() throws IOException {
    spec =
        Files.writeString(
            folder.resolve("spread.ivn"),
            """
            experiment "spread"
            model "%s"
            data p pairs { clean [1, 2, 3, 4, 5] corrupt [1, 2, 9, 4, 5] { answer 7 } }
            run clean on p.clean
            run patched on p.corrupt for layer in all, pos in all {
              patch resid_pre[layer] @ pos from clean
              collect z[1] as z
            }
            metric l = logit(answer)
            metric far = kl(clean)
            """
                .formatted(MODEL));
  }

  /** Devices that stand in for GPUs, which can take so many bytes of weights. */
  private static List<FreeMemory> devices(long... weights) {
    List<FreeMemory> list = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      list.add(new FreeMemory("cpu:" + i, RESERVE + weights[i]));
    }
    return list;
  }

  private static long start() {
    return SIZES.embedding() + SIZES.end();
  }

  private static Options options(Optional<String> device, OptionalLong memory) {
    return new Options(
        Map.of(), device, Optional.empty(), OptionalInt.of(1), Options.Strategy.OPTIMISED, memory);
  }

  private static Options free() {
    return options(Optional.empty(), OptionalLong.empty());
  }

  private Result run(Experiment experiment, Options options, List<Diagnostic> notes) {
    return experiment.run(options, Progress.NONE, notes::add);
  }

  @Test
  void theResultIsThatOfOneDevice() throws IOException {
    List<Diagnostic> notes = new ArrayList<>();
    Experiment experiment = Experiment.read(spec);
    Result one = run(experiment.over(List.of()), free(), notes);
    assertEquals(List.of(), notes);
    assertEquals("", one.provenance().placement());
    long block = SIZES.blocks().get(0);
    List<FreeMemory> list = devices(start() + block, 2 * block);
    try (HomeCheck check = new HomeCheck()) {
      Result spread = run(experiment.over(list), free(), notes);
      assertTrue(check.moves() > 0);
      String where = "cpu:0 (embedding, layer 0, unembedding); cpu:1 (layers 1 to 2)";
      assertEquals(where, spread.provenance().placement());
      assertEquals(
          List.of("device.spread"), notes.stream().map(Diagnostic::id).toList(), notes.toString());
      assertTrue(notes.get(0).message().endsWith(where));
      assertEquals(where, experiment.over(list).explain(free()).devices());
      sameFiles(one, spread);
    }
  }

  @Test
  void theCpuTakesWhatIsLeft() throws IOException {
    long block = SIZES.blocks().get(0);
    Experiment experiment = Experiment.read(spec);
    Result one = run(experiment.over(List.of()), free(), new ArrayList<>());
    try (HomeCheck check = new HomeCheck()) {
      Experiment over = experiment.over(devices(start() + block));
      Result spread = run(over, free(), new ArrayList<>());
      assertEquals(
          "cpu:0 (embedding, layer 0, unembedding); cpu (layers 1 to 2)",
          spread.provenance().placement());
      sameFiles(one, spread);
    }
  }

  private void sameFiles(Result one, Result other) throws IOException {
    Path first = written(one, "one");
    Path second = written(other, "other");
    try (Stream<Path> files = Files.list(first)) {
      for (Path file : files.toList()) {
        Path twin = second.resolve(file.getFileName());
        if (file.endsWith("run.json")) {
          assertFalse(Files.readString(file).contains("devices"));
          assertTrue(
              Files.readString(twin).contains("\"devices\" : \"cpu:0 (embedding"),
              Files.readString(twin));
        } else {
          assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(twin), file.toString());
        }
      }
    }
  }

  private Path written(Result result, String name) {
    Path directory = folder.resolve(name);
    ResultDirectory.open(directory)
        .write(
            result,
            new RunInfo(
                Instant.now(),
                Duration.ofSeconds(1),
                "run",
                "spread.ivn",
                "host",
                "Linux",
                "17",
                result.provenance().placement(),
                1,
                1,
                0));
    return directory;
  }

  @Test
  void aDeviceThatHoldsEverythingTakesIt() {
    List<Diagnostic> notes = new ArrayList<>();
    List<FreeMemory> list = devices(SIZES.blocks().get(0), SIZES.all());
    Experiment experiment = Experiment.read(spec).over(list);
    assertEquals("", run(experiment, free(), notes).provenance().placement());
    assertEquals(List.of(), notes);
  }

  @Test
  void aNamedDeviceTakesEverythingWhateverOthersHaveFree() {
    List<Diagnostic> notes = new ArrayList<>();
    Experiment experiment = Experiment.read(spec).over(devices(SIZES.all()));
    Options named = options(Optional.of("cpu"), OptionalLong.empty());
    try (HomeCheck check = new HomeCheck()) {
      assertEquals("", run(experiment, named, notes).provenance().placement());
      assertEquals(0, check.moves());
    }
  }

  @Test
  void whatFitsNowhereIsRefusedBeforeAnythingIsLoaded() {
    Experiment experiment = Experiment.read(spec).over(devices(start()));
    Options little = options(Optional.empty(), OptionalLong.of(RESERVE + 1));
    for (Runnable action :
        List.<Runnable>of(
            () -> run(experiment, little, new ArrayList<>()), () -> experiment.explain(little))) {
      DiagnosticException refused = assertThrows(DiagnosticException.class, action::run);
      assertEquals(DiagnosticException.Kind.MEMORY, refused.kind());
      Diagnostic only = refused.diagnostics().get(0);
      assertEquals("device.too-small", only.id());
      assertTrue(only.message().contains("cpu:0 can take 1M, cpu can take 1M"), only.message());
    }
  }
}
