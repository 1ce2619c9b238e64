package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.intervene.compile.Compiled;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.model.Dtype;
import org.intervene.plan.Execution;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The law of the planner: an optimised plan gives the naive plan's numbers, for random specs on
 * tiny models of every family, decoders and encoders. {@code -Dlaw.cases=N} sets the number of
 * specs a model, {@code -Dlaw.seed=N} the first seed.
 */
class NaiveEqualsOptimisedTest {
  private static final int CASES = Integer.getInteger("law.cases", 28);
  private static final long SEED = Long.getLong("law.seed", 1);

  @TestFactory
  Stream<DynamicTest> onEveryFamily() throws IOException {
    try (Stream<Path> fixtures = Files.list(Bench.CONFORMANCE)) {
      List<String> models =
          fixtures
              .filter(Files::isDirectory)
              .map(p -> p.getFileName().toString())
              .sorted()
              .toList();
      assertTrue(models.contains("gpt2-plain") && models.contains("bert-plain"));
      return models.stream().map(name -> DynamicTest.dynamicTest(name, () -> holdsOn(name)));
    }
  }

  private static void holdsOn(String fixture) {
    try (Bench bench = new Bench(fixture, Dtype.FLOAT64)) {
      int compiled = 0;
      for (long seed = SEED; seed < SEED + CASES; seed++) {
        String spec =
            new RandomExperiments(bench.model().decoder().architecture().facts(), seed).spec();
        compiled += holds(bench, spec, seed) ? 1 : 0;
      }
      assertTrue(compiled > CASES / 3, "only " + compiled + " random specs made sense");
    }
  }

  /** Checks one spec; false if it does not make sense (an edit that can never fire, say). */
  private static boolean holds(Bench bench, String spec, long seed) {
    Compiled compiled;
    try {
      compiled = bench.compile(spec);
    } catch (DiagnosticException e) {
      return false;
    }
    Execution naive = bench.naive(compiled);
    Execution packed = bench.packed(compiled, 1L << 28);
    Execution small = bench.packed(compiled, 1);
    Execution strict = bench.strict(compiled, 1L << 28);
    for (int cell = 0; cell < naive.reads().length; cell++) {
      for (int r = 0; r < naive.reads()[cell].length; r++) {
        String place = "seed " + seed + " cell " + cell + " read " + r + " of\n" + spec;
        double wanted = naive.reads()[cell][r];
        // a spec may make NaN, as zero times a masked score: then every way has to
        double tolerance = Double.isFinite(wanted) ? 1e-9 * Math.max(1, Math.abs(wanted)) : 1e-9;
        assertEquals(wanted, packed.reads()[cell][r], tolerance, place);
        assertEquals(wanted, small.reads()[cell][r], tolerance, "small packs, " + place);
        assertEquals(wanted, strict.reads()[cell][r], tolerance, "strict, " + place);
      }
    }
    return true;
  }
}
