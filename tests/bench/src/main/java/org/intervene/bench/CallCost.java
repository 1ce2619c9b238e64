package org.intervene.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.intervene.engine.script.ScriptModule;
import org.intervene.engine.script.TorchRuntime;

/**
 * What a call into native code costs that does nothing there, in seconds.
 *
 * @param inside as a listener hears it: the way across and back
 * @param outside the rest: arguments and the result, wrapped and freed
 */
record CallCost(double inside, double outside) {
  private static final int CALLS = 20_000;
  private static final ScriptModule SCRIPT =
      ScriptModule.ofSource(
          """
          class M(Module):
            __parameters__ = []
            __buffers__ = []
            def same(self, x: Tensor, y: Tensor, z: List[Tensor]) -> Tensor:
              return x
          """);

  /** Measures it in this process, warm. */
  static CallCost measured() {
    try (NDManager scope = TorchRuntime.start().newManager()) {
      NDArray x = scope.ones(new Shape(1), DataType.FLOAT32);
      calls(scope, x);
      long[] heard = new long[1];
      ScriptModule.listen((method, arguments, nanoseconds) -> heard[0] += nanoseconds);
      try {
        long start = System.nanoTime();
        calls(scope, x);
        double all = (System.nanoTime() - start) / 1e9 / CALLS;
        double inside = heard[0] / 1e9 / CALLS;
        return new CallCost(inside, all - inside);
      } finally {
        ScriptModule.listenNoMore();
      }
    }
  }

  private static void calls(NDManager scope, NDArray x) {
    for (int i = 0; i < CALLS; i++) {
      SCRIPT.call(scope, "same", x, x, new NDArray[] {x}).close();
    }
  }
}
