package org.intervene.plan;

import java.util.Optional;
import org.intervene.ast.Expr;
import org.intervene.check.Diagnostics;

/** Reads vectors out of safetensors files beside the spec. */
public interface VectorFiles {
  /**
   * The elements of a one-dimensional tensor (or one with a single row).
   *
   * @param file path and tensor name, {@code steer.safetensors#direction}, relative to the spec's
   *     folder
   */
  Optional<double[]> read(Expr.FileTensor file, Diagnostics problems);
}
