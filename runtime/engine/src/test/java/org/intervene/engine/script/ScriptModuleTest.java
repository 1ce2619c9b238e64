package org.intervene.engine.script;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.intervene.model.Dtype;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptModuleTest {
  private static final ScriptModule SCRIPT =
      ScriptModule.ofSource(
          """
          class M(Module):
            def scaled(self, x: Tensor, by: float) -> Tensor:
              return torch.mul(x, by)

            def total(self, xs: List[Tensor]) -> Tensor:
              sum = torch.zeros_like(xs[0])
              for i in range(torch.len(xs)):
                sum = torch.add(sum, xs[i])
              return sum

            def halves(self, x: Tensor, at: List[int]) -> Tuple[Tensor, Tensor]:
              a, b = torch.split_with_sizes(x, at, 0)
              return (a, b)

            def rows(self, x: Tensor) -> int:
              return torch.size(x, 0)

            def slope(self, x: Tensor) -> Tensor:
              y = torch.sum(torch.pow(x, 3))
              g = torch.grad([y], [x])[0]
              if g is None:
                result = torch.zeros_like(x)
              else:
                result = g
              return result

            def add_in_place(self, x: Tensor, by: float) -> None:
              _ = torch.add_(x, by)
              return None
          """);

  private final NDManager manager = TorchRuntime.start().newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void numbersListsAndTuplesGoInAndOut() {
    NDArray x = manager.create(new double[] {1, 2, 3});
    assertArrayEquals(
        new double[] {2.5, 5, 7.5}, SCRIPT.call(manager, "scaled", x, 2.5).toDoubleArray());
    assertArrayEquals(
        new double[] {2, 4, 6}, SCRIPT.call(manager, "total", new NDList(x, x)).toDoubleArray());
    NDArray[] parts = SCRIPT.callAll(manager, "halves", x, new int[] {1, 2});
    assertArrayEquals(new double[] {1}, parts[0].toDoubleArray());
    assertArrayEquals(new double[] {2, 3}, parts[1].toDoubleArray());
    assertEquals(3, SCRIPT.callLong("rows", x));
    SCRIPT.perform("add_in_place", x, 1.0);
    assertArrayEquals(new double[] {2, 3, 4}, x.toDoubleArray());
  }

  @Test
  void aResultBelongsToTheManagerThatWasNamed() {
    NDArray x = manager.create(new double[] {1, 2, 3});
    NDArray y;
    try (NDManager scope = manager.newSubManager()) {
      y = SCRIPT.call(scope, "scaled", x, 1.0);
      assertEquals(scope, y.getManager());
    }
    assertThrows(IllegalStateException.class, y::toDoubleArray);
    assertEquals(3, x.size());
  }

  @Test
  void gradientsAreOffUnlessAskedForInEveryThread() {
    assertFalse(ThreadModes.gradients());
    assertTrue(ThreadModes.withGradients(ThreadModes::gradients));
    assertFalse(ThreadModes.gradients());
    assertFalse(
        CompletableFuture.supplyAsync(ThreadModes::gradients, r -> new Thread(r).start()).join());
  }

  @Test
  void aResultCanTakePartInAGradientLater() {
    NDArray x = SCRIPT.call(manager, "scaled", manager.create(new double[] {1, 2}), 2.0);
    double[] slope =
        ThreadModes.withGradients(
            () -> {
              x.setRequiresGradient(true);
              return SCRIPT.call(manager, "slope", x).toDoubleArray();
            });
    assertArrayEquals(new double[] {12, 48}, slope);
  }

  @Test
  void whatDoesNotCompileSaysWhy() {
    EngineException e =
        assertThrows(
            EngineException.class,
            () ->
                ScriptModule.ofSource(
                    """
                    class M(Module):
                      def f(self, x: Tensor) -> Tensor:
                        return torch.no_such_operation(x)
                    """));
    assertTrue(e.getMessage().contains("no_such_operation"), e.getMessage());
  }

  @Test
  void everyDtypeGoesToJavaAndBack() {
    double[] elements = {0, -1.5, 3.25, 1.0 / 3};
    for (Dtype dtype : Dtype.values()) {
      NDArray x = Tensors.of(manager, elements, dtype, 2, 2);
      assertEquals(dtype, Tensors.dtype(x));
      double[] back = Tensors.toDoubles(x);
      assertArrayEquals(new double[] {0, -1.5, 3.25}, Arrays.copyOf(back, 3));
      assertEquals(1.0 / 3, back[3], 2e-3);
      assertEquals(4 * dtype.bytes(), Tensors.toBytes(x).length);
      assertEquals(dtype, Tensors.dtype(Tensors.zeros(manager, dtype, 3)));
    }
    assertArrayEquals(
        new byte[] {(byte) 0xC0, (byte) 0xBF},
        Tensors.toBytes(Tensors.of(manager, new double[] {-1.5}, Dtype.BFLOAT16, 1)));
  }
}
