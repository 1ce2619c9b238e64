package org.intervene.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The benchmark's command line. */
@Command(
    name = "tests/bench/run",
    mixinStandardHelpOptions = true,
    description = "Times this project against its own naive plan and against other tools.",
    footer = {"", "Example:", "  tests/bench/run --python venv/bin/python -o docs/performance.md"})
final class Main implements Callable<Integer> {
  private static final int TOKENS = 15;

  @Option(
      names = "--python",
      description = "an interpreter with torch and transformers, TransformerLens, pyvene",
      paramLabel = "PATH")
  Optional<Path> python = Optional.empty();

  @Option(names = "--threads", description = "of every tool; default: one for each core")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--repetitions", description = "of what is short; default: ${DEFAULT-VALUE}")
  int repetitions = 5;

  @Option(
      names = "--folder",
      description = "for the random model, 500 MB; default: ${DEFAULT-VALUE}",
      paramLabel = "DIR")
  Path folder = Path.of(System.getProperty("java.io.tmpdir"), "intervene-bench");

  @Option(names = "--quick", description = "leaves out what takes minutes")
  boolean quick;

  @Option(names = "--script", hidden = true)
  Path script = Path.of("tests/bench/python/others.py");

  public static void main(String... arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(folder);
    Path model = new RandomGpt2(12).in(folder);
    Map<String, Prompts.Pair> pairs = new LinkedHashMap<>();
    pairs.put("early", Prompts.early(TOKENS, 1));
    pairs.put("late", Prompts.late(TOKENS, 2));
    List<int[]> batch = IntStream.range(0, 64).mapToObj(i -> Prompts.tokens(TOKENS, i)).toList();
    List<Integer> batches = List.of(1, 64);
    List<Timing> timings = new ArrayList<>();
    if (python.isPresent()) {
      Others others = new Others(python.get(), script, folder);
      others.tasks(model, threads, repetitions, pairs, batch, batches);
      timings.addAll(others.run("transformers", "hand"));
      if (!quick) {
        timings.addAll(others.run("transformer-lens", "pyvene"));
      }
    }
    try (Own own = new Own(model, threads, repetitions)) {
      for (int size : batches) {
        timings.add(own.forward("forward-" + size, batch.subList(0, size)));
      }
      for (String name : pairs.keySet()) {
        String spec = Sweeps.residual(List.of(pairs.get(name)));
        timings.add(own.planned("resid-" + name, spec));
        timings.add(own.naive("resid-" + name, spec));
      }
      timings.add(own.planned("heads", Sweeps.heads(List.of(pairs.get("early")))));
    }
    print(timings);
    return 0;
  }

  private static void print(List<Timing> timings) {
    System.out.println("| work | against | theirs | ours | ratio | to reach |");
    System.out.println("|---|---|---|---|---|---|");
    for (Timing ours : timings) {
      if (!ours.tool().equals(Own.PLANNED)) {
        continue;
      }
      for (Timing theirs : timings) {
        if (theirs != ours && theirs.task().equals(ours.task())) {
          double target = Targets.of(ours.task(), theirs.tool());
          System.out.println(
              new Comparison(Targets.described(ours.task()), ours, theirs, target).row());
        }
      }
    }
  }
}
