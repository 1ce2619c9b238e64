package org.intervene.engine.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.script.Tensors;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.model.Dtype;
import org.intervene.model.part.Linear;
import org.intervene.model.part.Norm;
import org.intervene.model.part.Rows;
import org.intervene.model.part.TensorRef;
import org.intervene.model.safetensors.Checkpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WeightLoaderTest {
  /** [3, 4] and [4]: small whole numbers, exact in every dtype. */
  private static final double[] MATRIX = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

  private static final TensorRef W = TensorRef.of("w", 3, 4);
  private static final TensorRef T = TensorRef.transposed("w", 4, 3);

  @TempDir Path folder;
  private final NDManager manager = TorchRuntime.start().newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  /** A file with tensor w [3, 4], b [4] of 0.5, and a copy of w. */
  private Checkpoint checkpoint(Dtype dtype, double[] w, int padding) throws IOException {
    int size = dtype.bytes();
    String header =
        """
        {"w":{"dtype":"%1$s","shape":[3,4],"data_offsets":[0,%2$d]},\
        "b":{"dtype":"%1$s","shape":[4],"data_offsets":[%2$d,%3$d]},\
        "copy":{"dtype":"%1$s","shape":[3,4],"data_offsets":[%3$d,%4$d]}}"""
            .formatted(dtype.safetensors(), 12 * size, 16 * size, 28 * size);
    header += " ".repeat(Math.floorMod(-8 - header.length(), 8) + padding);
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + 28 * size);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length());
    bytes.put(header.getBytes(StandardCharsets.US_ASCII));
    put(bytes, dtype, w);
    put(bytes, dtype, new double[] {0.5, 0.5, 0.5, 0.5});
    put(bytes, dtype, MATRIX);
    Files.write(folder.resolve("model.safetensors"), bytes.array());
    List<Diagnostic> problems = new ArrayList<>();
    Checkpoint read = Checkpoint.read(folder, problems);
    assertEquals(List.of(), problems);
    return read;
  }

  private void put(ByteBuffer bytes, Dtype dtype, double[] values) {
    bytes.put(Tensors.toBytes(Tensors.of(manager, values, dtype, values.length)));
  }

  @ParameterizedTest
  @EnumSource(Dtype.class)
  void everyStoredDtypeBecomesEveryWantedDtype(Dtype stored) throws IOException {
    for (int padding : new int[] {0, 3}) {
      Checkpoint checkpoint = checkpoint(stored, MATRIX, padding);
      for (Dtype wanted : Dtype.values()) {
        WeightLoader loader = new WeightLoader(checkpoint, wanted, manager);
        NDArray w = loader.tensor(W);
        assertEquals(wanted, Tensors.dtype(w));
        assertArrayEquals(MATRIX, Tensors.toDoubles(w));
        assertArrayEquals(
            new double[] {0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11},
            Tensors.toDoubles(loader.tensor(T)));
        loader.finish();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32", "FLOAT64"})
  void rowsAreTakenInTheOrderAsked(Dtype wanted) throws IOException {
    WeightLoader loader = new WeightLoader(checkpoint(Dtype.FLOAT32, MATRIX, 0), wanted, manager);
    assertArrayEquals(
        new double[] {8, 9, 10, 11, 0, 1, 2, 3},
        Tensors.toDoubles(loader.tensor(W.pick(new Rows.Order(new int[] {2, 0})))));
    assertArrayEquals(
        new double[] {1, 5, 9, 2, 6, 10},
        Tensors.toDoubles(loader.tensor(T.pick(new Rows.Range(1, 2)))));
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32", "FLOAT64"})
  void partsOfAFusedProjectionAreOneMap(Dtype wanted) throws IOException {
    WeightLoader loader = new WeightLoader(checkpoint(Dtype.FLOAT32, MATRIX, 0), wanted, manager);
    Linear fused = new Linear(T, Optional.of(TensorRef.of("b", 4)));
    LinearWeights whole = loader.linear(fused.slice(0, 1), fused.slice(1, 1), fused.slice(2, 2));
    assertArrayEquals(
        new double[] {0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11},
        Tensors.toDoubles(whole.plain(manager)));
    assertArrayEquals(new double[] {0.5, 0.5, 0.5, 0.5}, Tensors.toDoubles(whole.bias()));
    LinearWeights reordered = loader.linear(fused.slice(3, 1), fused.slice(0, 1));
    assertArrayEquals(
        new double[] {3, 7, 11, 0, 4, 8}, Tensors.toDoubles(reordered.plain(manager)));
    assertArrayEquals(new double[] {0.5, 0.5}, Tensors.toDoubles(reordered.bias()));
    Linear bare = new Linear(T, Optional.empty());
    assertNull(loader.linear(bare).bias());
    assertArrayEquals(
        new double[] {0, 0, 0.5},
        Tensors.toDoubles(loader.linear(bare.slice(0, 2), fused.slice(2, 1)).bias()));
  }

  @Test
  void aTensorThatIsUsedTwiceIsLoadedOnce() throws IOException {
    WeightLoader loader =
        new WeightLoader(checkpoint(Dtype.FLOAT16, MATRIX, 0), Dtype.FLOAT32, manager);
    assertSame(loader.tensor(W), loader.tensor(TensorRef.of("w", 3, 4)));
    NormWeights norm =
        loader.norm(new Norm(Norm.Kind.RMS, 1e-6, List.of(TensorRef.of("b", 4)), List.of()));
    assertNull(norm.bias());
    assertEquals(0.5, Tensors.toDoubles(norm.weight())[3]);
    NormWeights byHead =
        loader.norm(
            new Norm(
                Norm.Kind.LAYER,
                1e-6,
                List.of(TensorRef.of("b", 4), TensorRef.of("b", 4)),
                List.of()));
    assertArrayEquals(new int[] {2, 4}, Tensors.shape(byHead.weight()));
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32,FLOAT32,NaN", "FLOAT32,FLOAT64,Infinity", "BFLOAT16,FLOAT32,-Infinity",
    "FLOAT16,FLOAT16,NaN", "BFLOAT16,BFLOAT16,NaN", "FLOAT64,FLOAT32,NaN"
  })
  void valuesThatAreNotFiniteAreRefusedByName(Dtype stored, Dtype wanted, double bad)
      throws IOException {
    double[] w = MATRIX.clone();
    w[7] = bad;
    WeightLoader loader = new WeightLoader(checkpoint(stored, w, 0), wanted, manager);
    loader.tensor(T);
    loader.tensor(TensorRef.of("b", 4));
    DiagnosticException e = assertThrows(DiagnosticException.class, loader::finish);
    assertEquals(1, e.diagnostics().size());
    assertEquals("weights.not-finite", e.diagnostics().get(0).id());
    assertTrue(e.getMessage().contains("`w`"), e.getMessage());
  }

  @Test
  void aValueThatTheWantedDtypeCannotHoldIsRefused() throws IOException {
    double[] w = MATRIX.clone();
    w[3] = 1e6;
    Checkpoint checkpoint = checkpoint(Dtype.FLOAT32, w, 0);
    WeightLoader wide = new WeightLoader(checkpoint, Dtype.BFLOAT16, manager);
    wide.tensor(W);
    wide.finish();
    WeightLoader narrow = new WeightLoader(checkpoint, Dtype.FLOAT16, manager);
    narrow.tensor(W);
    DiagnosticException e = assertThrows(DiagnosticException.class, narrow::finish);
    assertEquals("weights.overflow", e.diagnostics().get(0).id());
  }

  @Test
  void aSecondCopyOfATiedTensorHasToBeEqual() throws IOException {
    WeightLoader good =
        new WeightLoader(checkpoint(Dtype.FLOAT32, MATRIX, 0), Dtype.FLOAT32, manager);
    good.requireSame(W, "copy");
    good.requireSame(W, "absent");
    good.finish();
    double[] other = MATRIX.clone();
    other[0] = -1;
    WeightLoader bad =
        new WeightLoader(checkpoint(Dtype.FLOAT32, other, 0), Dtype.FLOAT32, manager);
    bad.requireSame(W, "copy");
    DiagnosticException e = assertThrows(DiagnosticException.class, bad::finish);
    assertEquals("weights.tied-differ", e.diagnostics().get(0).id());
  }
}
