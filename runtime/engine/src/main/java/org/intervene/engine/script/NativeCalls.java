package org.intervene.engine.script;

import ai.djl.pytorch.jni.IValue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The one native function that DJL does not publish in the form needed here: its public {@code
 * runMethod} always runs in libtorch's inference mode, and its public {@code forward} takes tensors
 * only.
 */
final class NativeCalls {
  private static final MethodHandle RUN;
  private static final MethodHandle WRAP;

  static {
    try {
      Class<?> library = Class.forName("ai.djl.pytorch.jni.PyTorchLibrary");
      MethodHandles.Lookup inside = MethodHandles.privateLookupIn(library, MethodHandles.lookup());
      Object instance = inside.findStaticGetter(library, "LIB", library).invoke();
      MethodType type =
          MethodType.methodType(
              long.class, long.class, String.class, long[].class, boolean.class, boolean.class);
      RUN = inside.findVirtual(library, "moduleRunMethod", type).bindTo(instance).asType(type);
      WRAP =
          MethodHandles.privateLookupIn(IValue.class, MethodHandles.lookup())
              .findConstructor(IValue.class, MethodType.methodType(void.class, long.class));
    } catch (Throwable e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private NativeCalls() {}

  /** Calls a method of a module in the thread's own grad mode. */
  static IValue run(long module, String method, IValue[] arguments) {
    long[] handles = new long[arguments.length];
    for (int i = 0; i < handles.length; i++) {
      handles[i] = arguments[i].getHandle();
    }
    try {
      long result = (long) RUN.invokeExact(module, method, handles, true, false);
      return (IValue) WRAP.invokeExact(result);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
