package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.intervene.ast.Expr;
import org.intervene.diagnostic.Span;
import org.intervene.execute.Progress;
import org.intervene.experiment.Experiment;
import org.intervene.experiment.Options;
import org.intervene.lock.Pins;
import org.intervene.result.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A parameter that a run sets reaches the data that name it, and is no fault of the lock. */
class OverriddenDataTest {
  @TempDir Path folder;

  @Test
  void rowsFollowTheParameterAndTheLockTheWords() throws IOException {
    Path spec =
        Files.writeString(
            folder.resolve("a.ivn"),
            """
            experiment "a"
            model "builtin:primer"
            param n = 3
            data d repeat random tokens length n rows n seed 1
            run r on d.tokens
            metric e = entropy()
            """);
    List<Pins> gates = new ArrayList<>();
    Experiment experiment = Experiment.read(spec);
    Result written = experiment.run(options(Map.of()), Progress.NONE, note -> {}, gates::add);
    Result set =
        experiment.run(
            options(Map.of("n", new Expr.Number(Span.NONE, 5))),
            Progress.NONE,
            note -> {},
            gates::add);
    assertEquals(3, written.plan().cells().size());
    assertEquals(5, set.plan().cells().size());
    int longer = set.plan().cells().get(0).tokens().length;
    assertEquals(4, longer - written.plan().cells().get(0).tokens().length);
    assertEquals(gates.get(0), gates.get(1));
  }

  private static Options options(Map<String, Expr> parameters) {
    return new Options(
        parameters,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.of(1),
        Options.Strategy.OPTIMISED,
        OptionalLong.empty());
  }
}
