package org.intervene.optimise;

import org.intervene.model.Site;

/**
 * Where in depth a cell starts to be computed.
 *
 * @param layer the block; 0 for {@link Stage#EMBED}
 */
public record Entry(int layer, Stage stage) implements Comparable<Entry> {
  /** From the token embeddings. */
  public static final Entry START = new Entry(0, Stage.EMBED);

  /** Points at which a block can be entered, in the order of a forward pass. */
  public enum Stage {
    /** From the token embeddings. */
    EMBED,
    /** From {@code resid_pre}. */
    BLOCK,
    /** From {@code resid_pre} and {@code z}: attention is known. */
    Z,
    /** From {@code resid_mid}: only the MLP is left. */
    MLP,
    /** From {@code resid_post}: the block is done. */
    AFTER
  }

  /**
   * The latest point from which an edit at a site can still be computed.
   *
   * @param parallel whether attention and MLP read the same residual, so that a block has no middle
   */
  static Entry before(Site site, int layer, int layers, boolean parallel) {
    return switch (site) {
      case EMBED, POS_EMBED -> START;
      case RESID_PRE, ATTN_IN, Q, K, V, Q_ROT, K_ROT, SCORES, PATTERN ->
          new Entry(layer, Stage.BLOCK);
      case Z, HEAD_OUT, ATTN_OUT -> new Entry(layer, parallel ? Stage.BLOCK : Stage.Z);
      case RESID_MID, MLP_IN, ROUTER, MLP_PRE, MLP_GATE, MLP_POST, EXPERT_OUT, MLP_OUT ->
          new Entry(layer, parallel ? Stage.BLOCK : Stage.MLP);
      case RESID_POST -> new Entry(layer, Stage.AFTER);
      case FINAL_NORM, LOGITS -> new Entry(layers - 1, Stage.AFTER);
    };
  }

  /**
   * Whether a site's value is computed after entering here, so that its edits are still to be
   * applied.
   */
  public boolean isBefore(Site site, int atLayer) {
    return stage == Stage.EMBED || Work.order(site, atLayer) > Work.order(holds(), layer);
  }

  /** Whether a site's value lies before this point, so that a pass from here never has it. */
  boolean isAfter(Site site, int atLayer) {
    return stage != Stage.EMBED && Work.order(site, atLayer) < Work.order(holds(), layer);
  }

  /** The site whose rows enter here. */
  private Site holds() {
    return switch (stage) {
      case EMBED -> Site.EMBED;
      case BLOCK -> Site.RESID_PRE;
      case Z -> Site.Z;
      case MLP -> Site.RESID_MID;
      case AFTER -> Site.RESID_POST;
    };
  }

  @Override
  public int compareTo(Entry other) {
    int byStart = Boolean.compare(stage != Stage.EMBED, other.stage != Stage.EMBED);
    int byLayer = byStart != 0 ? byStart : Integer.compare(layer, other.layer);
    return byLayer != 0 ? byLayer : stage.compareTo(other.stage);
  }
}
