package org.intervene.model;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.intervene.model.part.Attention;
import org.intervene.model.part.Block;
import org.intervene.model.part.Embedding;
import org.intervene.model.part.FeedForward;
import org.intervene.model.part.Norm;
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

  /** Whether no position sees a later one, so that a prefix does not depend on what follows. */
  public boolean causal() {
    return blocks.stream().allMatch(b -> b.attention().causal());
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
        width(),
        vocabulary,
        maxPositions,
        causal(),
        unembedding.linear(),
        mixtures(),
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
    if (dense().isEmpty()) {
      String why = "its layers have mixtures of experts in place of one MLP";
      absent.put(Site.MLP_PRE, why);
      absent.put(Site.MLP_GATE, why);
      absent.put(Site.MLP_POST, why);
    } else if (!dense().stream().allMatch(mlp -> mlp.gate().isPresent())) {
      absent.put(Site.MLP_GATE, "its MLPs have no gate");
    }
    if (dense().size() == layers()) {
      absent.put(Site.ROUTER, "its layers have one MLP each and no experts");
      absent.put(Site.EXPERT_OUT, "its layers have one MLP each and no experts");
    }
    if (finalNorm.isEmpty()) {
      absent.put(Site.FINAL_NORM, "it has no final norm");
    }
    return absent;
  }

  /** The MLPs of layers without experts. */
  private List<FeedForward.Mlp> dense() {
    return blocks.stream()
        .filter(b -> b.mlp() instanceof FeedForward.Mlp)
        .map(b -> (FeedForward.Mlp) b.mlp())
        .toList();
  }

  private int width() {
    return dense().isEmpty() ? blocks.get(0).mlp().width() : dense().get(0).width();
  }

  private ModelFacts.Mixtures mixtures() {
    List<Integer> layers =
        IntStream.range(0, layers())
            .filter(l -> blocks.get(l).mlp() instanceof FeedForward.Experts)
            .boxed()
            .toList();
    if (layers.isEmpty()) {
      return ModelFacts.Mixtures.NONE;
    }
    FeedForward.Experts first = (FeedForward.Experts) blocks.get(layers.get(0)).mlp();
    return new ModelFacts.Mixtures(
        first.experts().size(), first.chosen(), first.width(), Set.copyOf(layers));
  }

  /**
   * Every tensor of the checkpoint that the model reads, by name, with the shape that it must have.
   */
  public Map<String, long[]> tensors() {
    return TensorList.of(this);
  }

  /** The tensors among them that embed tokens. */
  public Map<String, long[]> embeddingTensors() {
    return TensorList.of(embedding);
  }

  /** The tensors of one layer. */
  public Map<String, long[]> blockTensors(int layer) {
    return TensorList.of(blocks.get(layer));
  }

  /** The tensors behind the last layer; a tied unembedding is among them. */
  public Map<String, long[]> endTensors() {
    return TensorList.of(finalNorm, unembedding);
  }

  /** How many numbers the weights are; a tensor that is used twice counts once. */
  public long elements() {
    return tensors().values().stream()
        .mapToLong(shape -> LongStream.of(shape).reduce(1, Math::multiplyExact))
        .sum();
  }
}
