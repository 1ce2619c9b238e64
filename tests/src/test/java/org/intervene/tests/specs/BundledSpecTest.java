package org.intervene.tests.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.intervene.bundle.Bundle;
import org.intervene.bundle.Rerun;
import org.intervene.bundle.UnpackedBundle;
import org.intervene.experiment.Options.Strategy;
import org.intervene.result.MetricsCsv;
import org.intervene.result.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A published experiment goes into a bundle and comes out with the same numbers. */
class BundledSpecTest {
  @TempDir Path folder;

  @Test
  void aBundleReplays() throws IOException {
    Path spec = Published.ROOT.resolve("specs/subject-tracing.ivn");
    Path archive = folder.resolve("x.zip");
    Result result = Published.run(spec, Strategy.OPTIMISED);
    Bundle.make(spec, result, LocalDate.of(2026, 1, 1), archive);
    try (UnpackedBundle bundle = UnpackedBundle.open(archive)) {
      Result again = Published.run(bundle.spec(), Strategy.OPTIMISED);
      Rerun rerun = Rerun.compare(bundle.metrics(), MetricsCsv.of(again.tables()));
      assertEquals(new Rerun(44, 0, ""), rerun);
    }
  }
}
