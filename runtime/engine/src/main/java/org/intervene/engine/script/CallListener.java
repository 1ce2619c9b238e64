package org.intervene.engine.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Hears of calls into libtorch, to say where time goes, or what meets on which device. */
public interface CallListener {
  /**
   * A call has come back.
   *
   * @param method name of the method
   * @param arguments as they were given; tensors among them may be closed soon
   * @param nanoseconds spent in native code; on a GPU the work may still be going on
   */
  void called(String method, Object[] arguments, long nanoseconds);

  /**
   * A call has given tensors.
   *
   * @param owner manager that they belong to
   * @param method name of the method
   * @param arguments as they were given
   */
  default void gave(NDManager owner, String method, Object[] arguments, NDArray... results) {}

  /**
   * Elements of a tensor have been copied to Java's memory. On a GPU this waits for everything that
   * was begun before.
   */
  default void fetched(long elements) {}

  /** Numbers of Java's memory have been made a tensor: on a GPU they are copied to it. */
  default void sent(long elements) {}
}
