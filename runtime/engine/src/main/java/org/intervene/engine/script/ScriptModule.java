package org.intervene.engine.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Functions written in TorchScript, compiled by libtorch when the module is loaded.
 *
 * <p>The source is one class {@code class M(Module):} whose methods take and give tensors, numbers
 * and lists, with types annotated. Calls run in the thread's grad mode, not in libtorch's inference
 * mode: a tensor made in inference mode can never take part in a gradient later. A call costs 5 to
 * 12 microseconds. Instances may be shared between threads.
 */
public final class ScriptModule {
  private static volatile CallListener listener;

  private final PtSymbolBlock block;

  private ScriptModule(PtSymbolBlock block) {
    this.block = block;
  }

  /** Lets one listener hear of every call of every module in this process. */
  public static void listen(CallListener hears) {
    listener = hears;
  }

  /** Ends that: calls cost what they did before. */
  public static void listenNoMore() {
    listener = null;
  }

  /**
   * Compiles a resource file.
   *
   * @param anchor a class in the package that holds the resource
   * @param name file name of the resource, such as {@code tensors.py}
   * @throws ai.djl.engine.EngineException if it does not compile
   */
  public static ScriptModule ofResource(Class<?> anchor, String name) {
    try (InputStream in = anchor.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name + " beside " + anchor);
      }
      return ofSource(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles source text. */
  public static ScriptModule ofSource(String source) {
    byte[] archive = ScriptArchive.of(source);
    PtNDManager manager = (PtNDManager) TorchRuntime.start().newManager();
    try {
      return new ScriptModule(
          JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a method that gives one tensor.
   *
   * @param owner manager that the result will belong to, whatever the arguments belong to
   * @param method name of the method
   * @param arguments tensors, {@code int}, {@code long}, {@code double}, {@code boolean}, {@code
   *     String}, {@code int[]}, {@code long[]}, {@code double[]}, {@link NDList} or {@code
   *     NDArray[]} (a list of tensors). DJL cannot make a {@code None}: give an empty list instead
   * @throws ai.djl.engine.EngineException if libtorch refuses the arguments
   */
  public NDArray call(NDManager owner, String method, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      return given(owner, method, arguments, result.toTensor((PtNDManager) owner))[0];
    }
  }

  /** Runs a method that gives a tuple or list of tensors. */
  public NDArray[] callAll(NDManager owner, String method, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      NDList results = result.toNDList((PtNDManager) owner);
      return given(owner, method, arguments, results.toArray(new NDArray[0]));
    }
  }

  private static NDArray[] given(
      NDManager owner, String method, Object[] arguments, NDArray... results) {
    CallListener hears = listener;
    if (hears != null) {
      hears.gave(owner, method, arguments, results);
    }
    return results;
  }

  /** Runs a method that gives an {@code int}. */
  public long callLong(String method, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      return result.toLong();
    }
  }

  /** Runs a method that gives a {@code bool}. */
  public boolean callBoolean(String method, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      return result.toBoolean();
    }
  }

  /** Runs a method that gives a {@code float}, which in TorchScript has 64 bits. */
  public double callDouble(String method, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      return result.toDouble();
    }
  }

  /** Runs a method that gives a {@code List[float]}. */
  public double[] callDoubles(String method, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      return result.toDoubleArray();
    }
  }

  /** Runs a method for what it does to its arguments; what it gives is dropped. */
  public void perform(String method, Object... arguments) {
    run(method, arguments).close();
  }

  private IValue run(String method, Object... arguments) {
    ThreadModes.prepare();
    IValue[] values = new IValue[arguments.length];
    try {
      for (int i = 0; i < arguments.length; i++) {
        values[i] = toValue(arguments[i]);
      }
      return heard(method, arguments, values);
    } finally {
      for (IValue value : values) {
        if (value != null) {
          value.close();
        }
      }
    }
  }

  private IValue heard(String method, Object[] arguments, IValue[] values) {
    CallListener hears = listener;
    if (hears == null) {
      return NativeCalls.run(block.getHandle(), method, values);
    }
    long start = System.nanoTime();
    IValue result = NativeCalls.run(block.getHandle(), method, values);
    hears.called(method, arguments, System.nanoTime() - start);
    return result;
  }

  /** Lets the listener hear that a tensor is copied to Java's memory. */
  static void fetched(NDArray x) {
    CallListener hears = listener;
    if (hears != null) {
      hears.fetched(x.size());
    }
  }

  /** Lets the listener hear that a tensor is made from Java's memory. */
  static void sent(NDArray x) {
    CallListener hears = listener;
    if (hears != null) {
      hears.sent(x.size());
    }
  }

  private static IValue toValue(Object argument) {
    if (argument instanceof PtNDArray tensor) {
      return IValue.from(tensor);
    }
    if (argument instanceof Integer number) {
      return IValue.from(number.longValue());
    }
    if (argument instanceof Long number) {
      return IValue.from(number);
    }
    if (argument instanceof Double number) {
      return IValue.from(number);
    }
    if (argument instanceof Boolean flag) {
      return IValue.from(flag);
    }
    if (argument instanceof String text) {
      return IValue.from(text);
    }
    if (argument instanceof long[] numbers) {
      return IValue.listFrom(numbers);
    }
    if (argument instanceof int[] numbers) {
      return IValue.listFrom(Arrays.stream(numbers).asLongStream().toArray());
    }
    if (argument instanceof double[] numbers) {
      return IValue.listFrom(numbers);
    }
    if (argument instanceof NDList tensors) {
      return IValue.listFrom(tensors.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
    }
    if (argument instanceof NDArray[] tensors) {
      PtNDArray[] list = new PtNDArray[tensors.length];
      System.arraycopy(tensors, 0, list, 0, tensors.length);
      return IValue.listFrom(list);
    }
    throw new IllegalArgumentException("no TorchScript value for " + argument);
  }
}
