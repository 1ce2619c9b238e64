package org.intervene.tests.specs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.intervene.execute.Progress;
import org.intervene.experiment.Experiment;
import org.intervene.experiment.Options;
import org.intervene.result.Result;

/** The files that this project publishes. */
final class Published {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Published() {}

  /** Every spec in {@code specs/} and {@code examples/}, in both notations. */
  static List<Path> specs() {
    return Stream.of("specs", "examples").flatMap(folder -> in(folder).stream()).toList();
  }

  /** Specs directly in a folder, in alphabetical order. */
  static List<Path> in(String folder) {
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      return files.filter(f -> f.toString().matches(".*\\.(ivn|yaml)")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same spec in the DSL, whether or not it is there. */
  static Path inDsl(Path yaml) {
    return yaml.resolveSibling(yaml.getFileName().toString().replace(".yaml", ".ivn"));
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a spec on one thread. */
  static Result run(Path spec, Options.Strategy strategy) {
    Options options =
        new Options(
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.of(1),
            strategy,
            OptionalLong.empty());
    return Experiment.read(spec).run(options, Progress.NONE, note -> {});
  }
}
