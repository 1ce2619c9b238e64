package org.intervene.engine.script;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The PyTorch engine of this process. Starting it loads libtorch, which takes most of a second:
 * call {@link #start} on another thread while files are read.
 */
public final class TorchRuntime {
  private final Engine engine;

  private TorchRuntime(Engine engine) {
    this.engine = engine;
  }

  private static final class Holder {
    static final TorchRuntime STARTED = new TorchRuntime(Engine.getEngine("PyTorch"));
  }

  /** Starts the engine, or gives the one that is started. */
  public static TorchRuntime start() {
    return Holder.STARTED;
  }

  /** A manager on the CPU that owns what is made through it; the caller closes it. */
  public NDManager newManager() {
    return newManager(Device.cpu());
  }

  /** A manager on a device; the caller closes it. */
  public NDManager newManager(Device device) {
    return engine.newBaseManager(device);
  }

  /** Threads that one operation may use. */
  public int threads() {
    return JniUtils.getNumThreads();
  }

  /** Sets how many threads one operation may use, for the whole process. */
  public void threads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + count);
    }
    JniUtils.setNumThreads(count);
  }

  /** GPUs that libtorch can use. */
  public int gpus() {
    return engine.getGpuCount();
  }

  /** Version of libtorch. */
  public String version() {
    return engine.getVersion();
  }
}
