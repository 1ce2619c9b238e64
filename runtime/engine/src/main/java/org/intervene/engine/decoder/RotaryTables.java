package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.intervene.engine.script.Tensors;
import org.intervene.model.Dtype;
import org.intervene.model.part.Rotary;

/**
 * Turns queries and keys by the angles of their positions, computed in float64 and rounded to the
 * run's dtype.
 */
final class RotaryTables {
  private final Rotary rotary;
  private final Dtype dtype;

  RotaryTables(Rotary rotary, Dtype dtype) {
    this.rotary = rotary;
    this.dtype = dtype;
  }

  boolean dependsOnLength() {
    return rotary.frequencies().dependsOnLength();
  }

  /** Cosine and sine of each row's angles, each [row, dims / 2]. */
  NDArray[] of(NDManager scope, Rows rows) {
    int half = rotary.dims() / 2;
    double[] cosine = new double[rows.count() * half];
    double[] sine = new double[rows.count() * half];
    double[] inverse = null;
    double factor = 1;
    int length = -1;
    for (int r = 0; r < rows.count(); r++) {
      int own = dependsOnLength() ? rows.segments().get(rows.owners()[r]).length() : 0;
      if (own != length) {
        length = own;
        inverse = rotary.frequencies().inverse(length);
        factor = rotary.frequencies().attentionFactor(length);
      }
      for (int i = 0; i < half; i++) {
        double angle = rows.positions()[r] * inverse[i];
        cosine[r * half + i] = Math.cos(angle) * factor;
        sine[r * half + i] = Math.sin(angle) * factor;
      }
    }
    return new NDArray[] {
      Tensors.of(scope, cosine, dtype, rows.count(), half),
      Tensors.of(scope, sine, dtype, rows.count(), half)
    };
  }

  NDArray turn(NDManager scope, NDArray x, NDArray[] tables) {
    return Operations.SCRIPT.call(scope, "rotate", x, tables[0], tables[1], rotary.interleaved());
  }
}
