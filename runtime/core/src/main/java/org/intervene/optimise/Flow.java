package org.intervene.optimise;

import java.util.List;
import java.util.stream.IntStream;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.plan.CellEdit;

/**
 * Where in a forward pass a change can be seen: at later sites of its own position, and at other
 * positions from the first attention that reads it; in a causal model only at later ones.
 */
final class Flow {
  private final int layers;
  private final boolean causal;

  Flow(ModelFacts facts) {
    this.layers = facts.layers();
    this.causal = facts.causal();
  }

  /** Whether a change at one position of a site can change something that is wanted. */
  boolean reaches(Site site, int layer, int position, Wanted.Item item) {
    if (item.order() < Work.order(site, layer)) {
      return false;
    }
    if (IntStream.of(item.positions()).anyMatch(p -> p == position)) {
      return true;
    }
    int mixed = mixedIn(site, layer);
    return mixed < layers
        && item.order() >= Work.order(Site.SCORES, mixed)
        && (!causal || item.last() > position);
  }

  /** Whether an edit of a work can change something that is wanted of it. */
  boolean reaches(CellEdit edit, int length, Wanted.Item item) {
    return IntStream.of(Effects.positions(edit.slice(), length))
        .anyMatch(p -> reaches(edit.slice().site(), edit.slice().layer(), p, item));
  }

  /** Whether any of several edits can change something that is wanted. */
  boolean anyReaches(List<CellEdit> edits, int length, Wanted.Item item) {
    return edits.stream().anyMatch(e -> reaches(e, length, item));
  }

  /** The first layer whose attention carries a change at a site to other positions. */
  int mixedIn(Site site, int layer) {
    return switch (site) {
      case EMBED, POS_EMBED -> 0;
      case RESID_PRE, ATTN_IN, K, V, K_ROT -> layer;
      case FINAL_NORM, LOGITS -> layers;
      default -> layer + 1;
    };
  }

  /** Whether a site's value at a position depends on no other position. */
  static boolean isPointwise(Site site, int layer) {
    return Work.order(site, layer) < Work.order(Site.SCORES, 0);
  }
}
