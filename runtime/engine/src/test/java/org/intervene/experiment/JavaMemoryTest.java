package org.intervene.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.intervene.diagnostic.DiagnosticException;
import org.junit.jupiter.api.Test;

/** Plans that hold more in Java's memory than it may take. */
class JavaMemoryTest {
  private static final long MIB = 1L << 20;

  @Test
  void whatFitsIsNotRefused() {
    JavaMemory.require(64 * MIB, 64 * MIB);
  }

  @Test
  void whatDoesNotIsRefusedWithTheOptionThatHelps() {
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> JavaMemory.require(80 * MIB, 64 * MIB));
    assertEquals(DiagnosticException.Kind.MEMORY, e.kind());
    assertEquals("memory.java", e.diagnostics().get(0).id());
    String help = e.diagnostics().get(0).help().get(0);
    assertTrue(help.contains("INTERVENE_JAVA_OPTIONS=-Xmx228M"), help);
  }
}
