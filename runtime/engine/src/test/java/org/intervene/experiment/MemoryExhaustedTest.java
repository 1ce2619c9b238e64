package org.intervene.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.engine.script.Tensors;
import org.intervene.engine.script.TorchRuntime;
import org.junit.jupiter.api.Test;

/** Failures that mean that memory is full. */
class MemoryExhaustedTest {
  private static final long MORE_THAN_ANY_MACHINE_HAS = 1L << 55;

  @Test
  void javasIsToldApartWhateverItIsWrappedIn() {
    Throwable wrapped = new CompletionException(new OutOfMemoryError("Java heap space"));
    Diagnostic full = MemoryExhausted.of(wrapped).orElseThrow();
    assertEquals("memory.exhausted", full.id());
    assertTrue(full.help().get(0).contains("INTERVENE_JAVA_OPTIONS=-Xmx"), full.toString());
  }

  @Test
  void theEnginesIsTold() {
    try (NDManager manager = TorchRuntime.start().newManager()) {
      RuntimeException e =
          assertThrows(
              RuntimeException.class, () -> Tensors.bytes(manager, MORE_THAN_ANY_MACHINE_HAS));
      Diagnostic full = MemoryExhausted.of(e).orElseThrow(() -> new AssertionError(e));
      assertTrue(full.message().contains("the machine's memory is full"), full.message());
    }
  }

  @Test
  void otherFailuresAreNot() {
    assertEquals(Optional.empty(), MemoryExhausted.of(new IllegalStateException("no")));
  }
}
