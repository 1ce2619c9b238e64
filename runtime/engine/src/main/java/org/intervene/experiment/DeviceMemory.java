package org.intervene.experiment;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Span;
import org.intervene.plan.Plan;

/** The memory that a run's tensors are in: the machine's, or that of a GPU. */
interface DeviceMemory {
  /**
   * All of it, in bytes.
   *
   * @throws DiagnosticException if the device does not say
   */
  long total();

  /** What the program and a plan's results take of it beside weights and activations, in bytes. */
  long program(Plan plan);

  /** The machine's, or what a container may use of it. */
  DeviceMemory MACHINE =
      new DeviceMemory() {
        @Override
        public long total() {
          return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
              .getTotalMemorySize();
        }

        /**
         * Java's machine and first heap, libtorch's code and compiled scripts took 250 to 290 MiB,
         * a plan and its results 4 KiB a cell with one metric, and 2 KiB for each further one.
         */
        @Override
        public long program(Plan plan) {
          long further =
              plan.runs().stream()
                  .mapToLong(r -> (long) r.cells().length * Math.max(0, r.metrics().size() - 1))
                  .sum();
          return (320L << 20) + 4096L * plan.cells().size() + 2048 * further;
        }
      };

  /** That of a GPU. */
  static DeviceMemory ofGpu(Device gpu) {
    return new DeviceMemory() {
      @Override
      public long total() {
        try {
          return CudaUtils.getGpuMemory(gpu).getMax();
        } catch (IllegalArgumentException | IllegalStateException e) {
          throw DiagnosticException.resource(
              Diagnostic.error(
                  "device.memory",
                  Span.NONE,
                  "the GPU does not say how much memory it has: " + e.getMessage(),
                  "say how much may be used with `--memory`, such as `--memory 16G`"));
        }
      }

      @Override
      public long program(Plan plan) {
        return 640L << 20; // the CUDA context, kernels, workspaces of products
      }
    };
  }
}
