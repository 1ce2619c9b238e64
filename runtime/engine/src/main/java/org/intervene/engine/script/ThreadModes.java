package org.intervene.engine.script;

import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * libtorch's settings that belong to a thread. A new Java thread starts with gradients on and with
 * the graph-executor optimiser on, which recompiles a function for every new shape; both are wrong
 * here.
 */
public final class ThreadModes {
  private static final ThreadLocal<boolean[]> PREPARED =
      ThreadLocal.withInitial(() -> new boolean[1]);

  private ThreadModes() {}

  /** Gradients off and the optimiser off, once for each thread. */
  public static void prepare() {
    boolean[] done = PREPARED.get();
    if (!done[0]) {
      TorchRuntime.start();
      JniUtils.setGraphExecutorOptimize(false);
      JniUtils.setGradMode(false);
      done[0] = true;
    }
  }

  /** Runs something with gradients on in this thread. */
  public static <T> T withGradients(Supplier<T> action) {
    prepare();
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try {
      return action.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /** Whether gradients are on in this thread. */
  public static boolean gradients() {
    prepare();
    return JniUtils.isGradMode();
  }
}
