package org.intervene.engine.script;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.intervene.model.placement.FreeMemory;

/** The GPUs of this machine. */
public final class Gpus {
  /** One of these is there wherever a Linux process may use a GPU of NVIDIA's. */
  private static final List<Path> DRIVERS = List.of(Path.of("/dev/nvidiactl"), Path.of("/dev/dxg"));

  private Gpus() {}

  /**
   * The GPUs that libtorch can use, with what each has free. One that does not say counts as one
   * that holds everything, as if it had been asked for by name.
   */
  public static List<FreeMemory> free() {
    if (!mayExist()) {
      return List.of();
    }
    return IntStream.range(0, TorchRuntime.start().gpus())
        .mapToObj(n -> new FreeMemory("cuda:" + n, free(n)))
        .toList();
  }

  /** Whether it is worth loading libtorch to ask it; elsewhere than on Linux it is. */
  public static boolean mayExist() {
    return !System.getProperty("os.name").equals("Linux")
        || DRIVERS.stream().anyMatch(Files::exists);
  }

  private static long free(int number) {
    try {
      var memory = CudaUtils.getGpuMemory(Device.gpu(number));
      return memory.getMax() - memory.getUsed();
    } catch (RuntimeException | LinkageError unknown) {
      return FreeMemory.UNKNOWN;
    }
  }
}
