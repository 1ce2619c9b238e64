package org.intervene.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.util.OptionalLong;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** How much memory a run may use if nobody says. */
class MemoryBudgetOfDeviceTest {
  private static final long GIB = 1L << 30;

  /** A device whose memory is known. */
  private record Fixed(long total) implements DeviceMemory {
    @Override
    public long program(Plan plan) {
      return GIB;
    }
  }

  @Test
  void isHalfOfTheDevice() {
    DeviceMemory gpu = new Fixed(80 * GIB);
    assertEquals(40 * GIB, MemoryBudget.of(OptionalLong.empty(), gpu));
    assertEquals(16 * GIB, MemoryBudget.of(OptionalLong.of(16 * GIB), gpu));
  }

  @Test
  void isHalfOfTheMachineOnACpu() {
    long machine = MemoryBudget.of(OptionalLong.empty(), DeviceMemory.MACHINE);
    assertTrue(machine > 0 && machine <= DeviceMemory.MACHINE.total() / 2);
  }

  @Test
  @EnabledIf("hasNoGpu")
  void aGpuThatDoesNotSayIsAsked() {
    DiagnosticException e =
        assertThrows(DiagnosticException.class, DeviceMemory.ofGpu(Device.gpu())::total);
    assertEquals("device.memory", e.diagnostics().get(0).id());
    assertTrue(e.diagnostics().get(0).help().get(0).contains("--memory"));
  }

  static boolean hasNoGpu() {
    return !CudaUtils.hasCuda();
  }
}
