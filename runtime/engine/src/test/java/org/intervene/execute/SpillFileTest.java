package org.intervene.execute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.script.Tensors;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.model.Dtype;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tensors go to a temporary file and come back. */
class SpillFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void keepsEveryBitOfEveryDtype(Dtype dtype) throws IOException {
    try (NDManager manager = TorchRuntime.start().newManager();
        SpillFile file = new SpillFile(folder, dtype)) {
      double[] numbers = new Random(1).doubles(700 * 3 * 1000, -9, 9).toArray(); // several pieces
      NDArray x = Tensors.of(manager, numbers, dtype, 700, 3, 1000);
      long first = file.append(Tensors.of(manager, new double[] {1, 2}, dtype, 2, 1));
      long start = file.append(x);
      assertEquals(0, first);
      assertEquals(2L * dtype.bytes(), start);
      long row = 3000L * dtype.bytes();
      NDArray some = file.read(manager, start + 5 * row, 600, 3, 1000);
      assertEquals(dtype, Tensors.dtype(some));
      assertArrayEquals(Tensors.toBytes(x.get("5:605")), Tensors.toBytes(some));
      assertArrayEquals(new double[] {1, 2}, Tensors.toDoubles(file.read(manager, first, 2, 1)));
      if (System.getProperty("os.name").equals("Linux")) {
        assertEmpty(); // a process that is killed leaves nothing
      }
    }
    assertEmpty();
  }

  private void assertEmpty() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void saysWhereThereIsTooLittleSpace() {
    try (SpillFile file = new SpillFile(folder, Dtype.FLOAT32)) {
      file.require(1);
      Diagnostic problem = problem(() -> file.require(Long.MAX_VALUE));
      assertEquals("memory.spill", problem.id());
      assertTrue(problem.message().matches(".*\\d+ MB are needed for it, and \\d+ MB are free"));
    }
  }

  @Test
  void saysWhereItCannotWrite() {
    try (NDManager manager = TorchRuntime.start().newManager();
        SpillFile file = new SpillFile(folder.resolve("nowhere"), Dtype.FLOAT32)) {
      NDArray x = Tensors.of(manager, new double[] {1}, Dtype.FLOAT32, 1, 1);
      Diagnostic problem = problem(() -> file.append(x));
      assertEquals("memory.spill", problem.id());
      assertTrue(problem.help().get(0).contains("--memory"), problem.help().toString());
    }
  }

  private static Diagnostic problem(Runnable does) {
    DiagnosticException e = assertThrows(DiagnosticException.class, does::run);
    return e.diagnostics().get(0);
  }
}
