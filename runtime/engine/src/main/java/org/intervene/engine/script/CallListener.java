package org.intervene.engine.script;

/** Hears of calls into libtorch, to say where time goes. */
public interface CallListener {
  /**
   * A call has come back.
   *
   * @param method name of the method
   * @param arguments as they were given; tensors among them may be closed soon
   * @param nanoseconds spent in native code; on a GPU the work may still be going on
   */
  void called(String method, Object[] arguments, long nanoseconds);
}
