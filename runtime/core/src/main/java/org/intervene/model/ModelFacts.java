package org.intervene.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What {@code config.json} tells about a model's sites: enough to check and plan a spec without its
 * weights.
 *
 * @param family {@code model_type} of the config
 * @param maxPositions most tokens that an input may have; {@link Integer#MAX_VALUE} if nothing
 *     limits it
 * @param causal whether no position sees a later one, as in a decoder; in an encoder every position
 *     sees all of them, and what is predicted stands at a mask
 * @param linearLogits whether logits are linear in the stream behind the final norm, so that a
 *     token has a direction there
 * @param absent sites that this family lacks, with the reason in a sentence
 */
public record ModelFacts(
    String family,
    int layers,
    int dModel,
    int heads,
    int kvHeads,
    int dHead,
    int dMlp,
    int vocabulary,
    int maxPositions,
    boolean causal,
    boolean linearLogits,
    Mixtures mixtures,
    Map<Site, String> absent) {

  /**
   * Layers with experts in place of one MLP.
   *
   * @param experts how many there are in such a layer
   * @param chosen how many of them a token goes through
   * @param width d_mlp of one expert
   */
  public record Mixtures(int experts, int chosen, int width, Set<Integer> layers) {
    /** No layer has experts. */
    public static final Mixtures NONE = new Mixtures(0, 0, 0, Set.of());

    public Mixtures {
      layers = Set.copyOf(layers);
    }
  }

  /** A decoder whose logits are linear. */
  public ModelFacts(
      String family,
      int layers,
      int dModel,
      int heads,
      int kvHeads,
      int dHead,
      int dMlp,
      int vocabulary,
      int maxPositions,
      Map<Site, String> absent) {
    this(
        family,
        layers,
        dModel,
        heads,
        kvHeads,
        dHead,
        dMlp,
        vocabulary,
        maxPositions,
        true,
        true,
        Mixtures.NONE,
        absent);
  }

  public ModelFacts {
    absent = Map.copyOf(absent);
  }

  /** Why the model has no such site; empty if it has it. */
  public Optional<String> whyAbsent(Site site) {
    return Optional.ofNullable(absent.get(site));
  }

  /** Why a layer has no such site; empty if it has it. */
  public Optional<String> whyAbsent(Site site, int layer) {
    boolean mixture = mixtures.layers.contains(layer);
    if (whyAbsent(site).isPresent()) {
      return whyAbsent(site);
    } else if (site.hasExperts() && !mixture) {
      return Optional.of("block " + layer + " has one MLP and no experts");
    }
    boolean insideMlp = site == Site.MLP_PRE || site == Site.MLP_GATE || site == Site.MLP_POST;
    return insideMlp && mixture
        ? Optional.of("block " + layer + " has a mixture of experts in place of one MLP")
        : Optional.empty();
  }

  /** The layers that have a site, ascending; of a site that exists once layer 0. */
  public List<Integer> layersWith(Site site) {
    return IntStream.range(0, site.layered() ? layers : 1)
        .filter(l -> whyAbsent(site, l).isEmpty())
        .boxed()
        .toList();
  }

  /** Heads or experts of a site; 1 for a site that has neither. */
  public int groups(Site site) {
    return site.group().map(axis -> length(axis, 0)).orElse(1);
  }

  /**
   * Length of an axis.
   *
   * @param positions tokens of the input, for the position axes
   */
  public int length(Axis axis, int positions) {
    return switch (axis) {
      case POS, SRC -> positions;
      case HEAD -> heads;
      case KV_HEAD -> kvHeads;
      case EXPERT -> mixtures.experts;
      case D_MODEL -> dModel;
      case D_HEAD -> dHead;
      case D_MLP -> dMlp;
      case VOCAB -> vocabulary;
    };
  }
}
