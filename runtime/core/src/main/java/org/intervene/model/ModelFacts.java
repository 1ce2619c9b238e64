package org.intervene.model;

import java.util.Map;
import java.util.Optional;

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
    Map<Site, String> absent) {

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
        absent);
  }

  public ModelFacts {
    absent = Map.copyOf(absent);
  }

  /** Why the model has no such site; empty if it has it. */
  public Optional<String> whyAbsent(Site site) {
    return Optional.ofNullable(absent.get(site));
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
      case D_MODEL -> dModel;
      case D_HEAD -> dHead;
      case D_MLP -> dMlp;
      case VOCAB -> vocabulary;
    };
  }
}
