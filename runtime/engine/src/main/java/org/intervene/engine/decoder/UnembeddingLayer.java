package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.Tensors;
import org.intervene.engine.weights.Packing;
import org.intervene.engine.weights.WeightLoader;
import org.intervene.model.part.Unembedding;

/** The normalised residual stream to logits. */
final class UnembeddingLayer {
  private final Unembedding part;
  private final NDArray weight;
  private final boolean packs;
  private NDArray packed;
  private final NDArray[] bias;
  private final Optional<Projection> dense;
  private final Optional<Normalisation> norm;

  UnembeddingLayer(Unembedding part, WeightLoader weights) {
    this.part = part;
    this.weight = weights.tensor(part.weight());
    this.packs = weights.packs();
    this.bias = Normalisation.maybe(part.bias().map(weights::tensor).orElse(null));
    this.dense = part.head().map(h -> Projection.of(weights, h.dense()));
    this.norm = Normalisation.of(part.head().flatMap(Unembedding.Head::norm), weights);
  }

  /** All logits, [row, vocab]. */
  NDArray all(NDManager scope, NDArray x) {
    try (NDManager inner = scope.newSubManager()) {
      NDArray y = head(inner, x);
      return packs
          ? Operations.SCRIPT.call(scope, "packed_logits", y, packed(), bias, part.scale(), cap())
          : Operations.SCRIPT.call(scope, "logits", y, weight, bias, part.scale(), cap());
    }
  }

  /** Packed when all logits are wanted for the first time, which for most specs is never. */
  private synchronized NDArray packed() {
    if (packed == null) {
      packed = Packing.packed(weight.getManager(), weight);
    }
    return packed;
  }

  /** One logit a row, [row]. */
  NDArray picked(NDManager scope, NDArray x, int[] ids) {
    try (NDManager inner = scope.newSubManager()) {
      NDArray y = head(inner, x);
      return Operations.SCRIPT.call(
          scope, "picked", y, weight, bias, Tensors.indices(inner, ids), part.scale(), cap());
    }
  }

  /** The direction in the residual stream that a token's logit is linear in, [1, d_model]. */
  NDArray direction(NDManager scope, int token) {
    if (!part.linear()) {
      throw new IllegalStateException("the logits of this model are not linear in its stream");
    }
    try (NDManager inner = scope.newSubManager()) {
      NDArray row = Operations.SCRIPT.call(inner, "rows", weight, Tensors.indices(inner, token));
      if (dense.isPresent()) {
        row = Operations.SCRIPT.call(inner, "product", row, dense.get().weight(inner));
      }
      Home.keep(scope, row);
      return row;
    }
  }

  private NDArray head(NDManager inner, NDArray x) {
    if (dense.isEmpty()) {
      return x;
    }
    NDArray y = dense.get().apply(inner, x);
    if (part.head().flatMap(Unembedding.Head::activation).isPresent()) {
      int kind = MlpLayer.number(part.head().flatMap(Unembedding.Head::activation).get());
      y = Operations.SCRIPT.call(inner, "activation", y, kind);
    }
    return norm.isPresent() ? norm.get().apply(inner, y) : y;
  }

  private double cap() {
    return part.softCap().orElse(0);
  }
}
