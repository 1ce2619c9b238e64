package org.intervene.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
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

/**
 * A whole model as data: its parts with all settings resolved, layer by layer, and the tensors that
 * they read.
 *
 * @param family {@code model_type} of its config
 * @param maxPositions most tokens of an input; {@link Integer#MAX_VALUE} if nothing limits it
 * @param finalNorm absent where logits are read from the last block as it is
 */
public record Architecture(
    String family,
    int dModel,
    int vocabulary,
    int maxPositions,
    Embedding embedding,
    List<Block> blocks,
    Optional<Norm> finalNorm,
    Unembedding unembedding) {

  public Architecture {
    blocks = List.copyOf(blocks);
  }

  public int layers() {
    return blocks.size();
  }

  /** Whether embedding and unembedding are one tensor. */
  public boolean tied() {
    return unembedding.weight().equals(embedding.tokens());
  }

  /** What a check needs to know about the sites. */
  public ModelFacts facts() {
    Attention attention = blocks.get(0).attention();
    return new ModelFacts(
        family,
        layers(),
        dModel,
        attention.heads(),
        attention.kvHeads(),
        attention.dHead(),
        blocks.get(0).mlp().width(),
        vocabulary,
        maxPositions,
        absent());
  }

  private Map<Site, String> absent() {
    Map<Site, String> absent = new EnumMap<>(Site.class);
    if (embedding.positions().isEmpty()) {
      absent.put(Site.POS_EMBED, "it has no learned position embeddings");
    }
    if (blocks.stream().noneMatch(b -> b.attention().turns())) {
      String why = "it has neither rotary embeddings nor q and k norms, so `q` and `k` are final";
      absent.put(Site.Q_ROT, why);
      absent.put(Site.K_ROT, why);
    }
    if (blocks.stream().anyMatch(b -> b.flow() == Block.Flow.PARALLEL)) {
      absent.put(
          Site.RESID_MID, "attention and MLP of its blocks run in parallel, nothing is in between");
    }
    if (blocks.stream()
        .noneMatch(b -> b.mlp() instanceof FeedForward.Mlp m && m.gate().isPresent())) {
      absent.put(Site.MLP_GATE, "its MLPs have no gate");
    }
    if (finalNorm.isEmpty()) {
      absent.put(Site.FINAL_NORM, "it has no final norm");
    }
    return absent;
  }

  /**
   * Every tensor of the checkpoint that the model reads, by name, with the shape that it must have.
   */
  public Map<String, long[]> tensors() {
    List<TensorRef> all = new ArrayList<>();
    all.add(embedding.tokens());
    embedding.positions().ifPresent(all::add);
    for (Block block : blocks) {
      block.attnNorm().ifPresent(n -> addNorm(all, n));
      addAttention(all, block.attention());
      block.attnPostNorm().ifPresent(n -> addNorm(all, n));
      block.mlpNorm().ifPresent(n -> addNorm(all, n));
      addFeedForward(all, block.mlp());
      block.mlpPostNorm().ifPresent(n -> addNorm(all, n));
    }
    finalNorm.ifPresent(n -> addNorm(all, n));
    all.add(unembedding.weight());
    unembedding.bias().ifPresent(all::add);
    Map<String, long[]> byName = new LinkedHashMap<>();
    all.forEach(t -> byName.put(t.name(), t.fileShape()));
    return byName;
  }

  private static void addAttention(List<TensorRef> all, Attention attention) {
    addLinear(all, attention.q());
    addLinear(all, attention.k());
    addLinear(all, attention.v());
    addLinear(all, attention.out());
    attention.qNorm().ifPresent(n -> addNorm(all, n));
    attention.kNorm().ifPresent(n -> addNorm(all, n));
  }

  private static void addFeedForward(List<TensorRef> all, FeedForward mlp) {
    if (mlp instanceof FeedForward.Mlp plain) {
      addLinear(all, plain.in());
      plain.gate().ifPresent(g -> addLinear(all, g));
      addLinear(all, plain.out());
    }
  }

  private static void addLinear(List<TensorRef> all, Linear linear) {
    all.add(linear.weight());
    linear.bias().ifPresent(all::add);
  }

  private static void addNorm(List<TensorRef> all, Norm norm) {
    norm.weight().ifPresent(all::add);
    norm.bias().ifPresent(all::add);
  }
}
