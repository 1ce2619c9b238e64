package org.intervene.model.part;

import java.util.Optional;

/**
 * y = W x + b.
 *
 * @param weight [out, in]
 * @param bias [out]
 */
public record Linear(TensorRef weight, Optional<TensorRef> bias) {

  /** Width of y. */
  public int out() {
    return Math.toIntExact(weight.shape()[0]);
  }

  /** Width of x. */
  public int in() {
    return Math.toIntExact(weight.shape()[1]);
  }

  /** Some of the outputs, of weight and bias alike. */
  public Linear pick(Rows rows) {
    return new Linear(weight.pick(rows), bias.map(b -> b.pick(rows)));
  }

  /** Consecutive outputs, of weight and bias alike. */
  public Linear slice(int first, int count) {
    return pick(new Rows.Range(first, count));
  }
}
