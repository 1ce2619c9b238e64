package org.intervene.cli;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.execute.Progress;
import org.intervene.experiment.Options;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process may end as soon as a run has failed, so nothing may be loading then. */
class EnginePipelineTest {
  private static final long LOADING_NANOS = 300_000_000;

  private final AtomicBoolean loaded = new AtomicBoolean();

  @TempDir Path folder;

  @Test
  void aRunThatFailsEndsWhenTheEngineHasLoaded() throws IOException {
    Reading reading = withoutModel();
    EnginePipeline pipeline = new EnginePipeline(this::load);
    assertThrows(DiagnosticException.class, () -> run(pipeline, reading));
    assertTrue(loaded.get());
  }

  @Test
  void whatTheRunFailedOfIsSaidWhenTheEngineFailsToo() throws IOException {
    Reading reading = withoutModel();
    EnginePipeline pipeline =
        new EnginePipeline(
            () -> {
              throw new IllegalStateException("no engine");
            });
    assertThrows(DiagnosticException.class, () -> run(pipeline, reading));
  }

  private TorchRuntime load() {
    long end = System.nanoTime() + LOADING_NANOS;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    loaded.set(true);
    return null;
  }

  private static void run(Pipeline pipeline, Reading reading) {
    pipeline.run(reading, Options.defaults(), Progress.NONE, note -> {});
  }

  private Reading withoutModel() throws IOException {
    String spec =
        """
        experiment "no model"
        model "nowhere"
        data facts rows { text "a" answer "b" }
        run clean on facts.text
        metric l = logit(answer)
        """;
    return SpecReader.read(Files.writeString(folder.resolve("spec.ivn"), spec));
  }
}
