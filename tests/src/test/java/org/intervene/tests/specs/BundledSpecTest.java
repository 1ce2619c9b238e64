package org.intervene.tests.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.intervene.bundle.Bundle;
import org.intervene.bundle.Rerun;
import org.intervene.bundle.UnpackedBundle;
import org.intervene.engine.source.ModelSource;
import org.intervene.experiment.Options;
import org.intervene.experiment.Options.Strategy;
import org.intervene.replay.Replay;
import org.intervene.replay.Replayed;
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
      Replayed replayed = Replay.of(Options.defaults()).run(bundle.spec());
      assertTrue(replayed.passed() && replayed.comparison().isPresent(), replayed.summary());
    }
  }

  /** A bundle of somebody whose model lies elsewhere, on a machine where it has another place. */
  @Test
  void theModelMayLieElsewhereButHasToBeTheLockedOne() throws IOException, InterruptedException {
    SpecCopy spec = SpecCopy.of("examples/patch.ivn", folder);
    Path model = Files.createDirectory(folder.resolve("model"));
    Path primer = ModelSource.resolve("builtin:primer", folder).path();
    try (Stream<Path> files = Files.list(primer)) {
      for (Path file : files.toList()) {
        Files.copy(file, model.resolve(file.getFileName()));
      }
    }
    spec.replace("builtin:primer", "model");
    status(0, "", "replay", "patch.ivn", "--update", "--yes");
    status(0, "wrote x.zip", "bundle", "patch.ivn", "-o", "x.zip");
    Path here = Files.move(model, folder.resolve("here"));
    status(3, "error[", "verify", "x.zip");
    status(0, "replayed: 3 values, ", "verify", "x.zip", "--model", here.toString());
    byte[] weights = Files.readAllBytes(here.resolve("model.safetensors"));
    weights[weights.length - 4] ^= 1;
    Files.write(here.resolve("model.safetensors"), weights);
    status(3, "error[lock.model]", "verify", "x.zip", "--model", here.toString());
  }

  private void status(int status, String said, String... arguments)
      throws IOException, InterruptedException {
    Finished finished = Finished.intervene(folder, arguments);
    assertEquals(status, finished.status(), List.of(arguments) + "\n" + finished.text());
    assertTrue(finished.text().contains(said), finished.text());
  }
}
