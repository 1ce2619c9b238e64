package org.intervene.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.intervene.model.part.Attention;
import org.intervene.model.part.Block;
import org.intervene.model.part.Embedding;
import org.intervene.model.part.FeedForward;
import org.intervene.model.part.Linear;
import org.intervene.model.part.Norm;
import org.intervene.model.part.TensorRef;
import org.intervene.model.part.Unembedding;

/** Collects the tensors that the parts of an architecture read. */
final class TensorList {
  private final Map<String, long[]> byName = new LinkedHashMap<>();

  private TensorList() {}

  static Map<String, long[]> of(Architecture architecture) {
    TensorList list = new TensorList();
    list.embedding(architecture.embedding());
    architecture.blocks().forEach(list::block);
    list.norm(architecture.finalNorm());
    list.unembedding(architecture.unembedding());
    return list.byName;
  }

  static Map<String, long[]> of(Embedding embedding) {
    TensorList list = new TensorList();
    list.embedding(embedding);
    return list.byName;
  }

  static Map<String, long[]> of(Block block) {
    TensorList list = new TensorList();
    list.block(block);
    return list.byName;
  }

  static Map<String, long[]> of(Optional<Norm> finalNorm, Unembedding unembedding) {
    TensorList list = new TensorList();
    list.norm(finalNorm);
    list.unembedding(unembedding);
    return list.byName;
  }

  private void embedding(Embedding embedding) {
    tensor(embedding.tokens());
    embedding.project().ifPresent(this::linear);
    embedding.positions().ifPresent(this::tensor);
    embedding.constant().ifPresent(this::tensor);
    norm(embedding.norm());
  }

  private void block(Block block) {
    norm(block.attnNorm());
    attention(block.attention());
    norm(block.attnPostNorm());
    norm(block.attnSumNorm());
    norm(block.mlpNorm());
    feedForward(block.mlp());
    norm(block.mlpPostNorm());
    norm(block.mlpSumNorm());
  }

  private void attention(Attention attention) {
    linear(attention.q());
    linear(attention.k());
    linear(attention.v());
    norm(attention.qNorm());
    norm(attention.kNorm());
    linear(attention.out());
  }

  private void feedForward(FeedForward part) {
    if (part instanceof FeedForward.Mlp mlp) {
      linear(mlp.in());
      mlp.gate().ifPresent(this::linear);
      linear(mlp.out());
    } else if (part instanceof FeedForward.Experts mixture) {
      linear(mixture.router());
      mixture.experts().forEach(this::feedForward);
    }
  }

  private void unembedding(Unembedding unembedding) {
    unembedding
        .head()
        .ifPresent(
            head -> {
              linear(head.dense());
              norm(head.norm());
            });
    tensor(unembedding.weight());
    unembedding.bias().ifPresent(this::tensor);
  }

  private void linear(Linear linear) {
    tensor(linear.weight());
    linear.bias().ifPresent(this::tensor);
  }

  private void norm(Optional<Norm> norm) {
    norm.ifPresent(
        n -> {
          n.weight().forEach(this::tensor);
          n.bias().forEach(this::tensor);
        });
  }

  private void tensor(TensorRef tensor) {
    byName.put(tensor.name(), tensor.fileShape());
  }
}
