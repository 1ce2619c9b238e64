package org.intervene.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The benchmark's command line. */
@Command(
    name = "tests/bench/run",
    mixinStandardHelpOptions = true,
    description = "Times this project against its own naive plan and against other tools.",
    footer = {"", "Example:", "  tests/bench/run --python venv/bin/python --page"})
final class Main implements Callable<Integer> {
  private static final int BUDGET = 2048;

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

  @Option(names = "--page", description = "writes docs/performance.md")
  boolean page;

  @Option(names = "--root", hidden = true, description = "the checkout")
  Path root = Path.of(".");

  @Spec CommandSpec command;

  public static void main(String... arguments) {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (problem, command, words) -> {
          System.err.println(problem);
          return 1;
        });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(folder);
    Settings settings =
        new Settings(
            root,
            List.of(root.resolve("intervene").toAbsolutePath().toString()),
            RandomGpt2.small(),
            folder,
            python,
            threads,
            quick ? 2 : repetitions,
            BUDGET,
            quick);
    Page measured = new Page(settings, typed(), new ArrayList<>());
    System.out.println(measured.head());
    for (Part part : parts(settings)) {
      Section section = part.section();
      System.out.println(section.markdown());
      measured.sections().add(section);
    }
    if (page) {
      Files.writeString(root.resolve("docs/performance.md"), measured.text());
    }
    return 0;
  }

  /** What gives one table. */
  private interface Part {
    Section section() throws IOException;
  }

  private static List<Part> parts(Settings settings) {
    List<Growth.Case> cases = Growth.cases(settings.model().layers(), settings.quick());
    return List.of(
        new Tools(settings)::section,
        new Growth(settings, cases)::section,
        new Breakdown(settings)::section,
        new AtOnce(settings)::section,
        new Launches(settings)::section,
        new Memory(settings)::section);
  }

  private String typed() {
    List<String> words = command.commandLine().getParseResult().originalArgs();
    return command.name() + " " + String.join(" ", words);
  }
}
