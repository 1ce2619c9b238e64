package org.intervene.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.intervene.engine.script.ScriptModule;
import org.intervene.engine.script.TorchRuntime;

/** What the machine is and can do. */
final class Machine {
  /** Rows and columns of the matrices that the peak is measured with. */
  static final int SIZE = 3072;

  private static final int REPETITIONS = 5;
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final ScriptModule SCRIPT =
      ScriptModule.ofSource(
          """
          class M(Module):
            __parameters__ = []
            __buffers__ = []
            def product(self, x: Tensor, y: Tensor) -> Tensor:
              return torch.mm(x, y)
          """);

  private Machine() {}

  /** The processor's name, as Linux gives it. */
  static String processor() {
    try {
      return Files.readAllLines(PROCESSORS).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch"); // another system
    }
  }

  /** Bytes of main memory. */
  static long memory() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  /** The best rate that one large float32 product reaches, in operations a second. */
  static double sgemm() {
    try (NDManager scope = TorchRuntime.start().newManager()) {
      NDArray x = scope.randomNormal(0, 1, new Shape(SIZE, SIZE), DataType.FLOAT32);
      long best = Long.MAX_VALUE;
      for (int i = 0; i < REPETITIONS; i++) {
        long start = System.nanoTime();
        SCRIPT.call(scope, "product", x, x).close();
        best = Math.min(best, System.nanoTime() - start);
      }
      return 2e9 * SIZE * SIZE * SIZE / best;
    }
  }
}
