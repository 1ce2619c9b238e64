package org.intervene.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.intervene.model.Site;
import org.intervene.optimise.Entry;
import org.intervene.optimise.Keeps.SiteAt;
import org.intervene.optimise.Work;
import org.intervene.plan.CellEdit;

/**
 * A work in a pack.
 *
 * @param work what is to be computed
 * @param entry where it joins
 * @param parent the work that it continues; -1 if it starts from the embeddings of all its
 *     positions
 * @param positions positions that have rows from the entry on, ascending
 * @param later positions behind them whose rows join when the block of the entry is done
 * @param finals positions that go past attention in the last block, ascending
 * @param projected positions whose queries, keys and values are computed in the first block that
 *     all rows go through, ascending; null means all. Those of the others are the parent's
 * @param edits the edits that are still to be applied: what the parent's values already hold is
 *     left out
 * @param keeps sites whose values it leaves behind
 * @param keysFrom first layer whose keys and values it leaves behind
 */
record Member(
    Work work,
    Entry entry,
    int parent,
    int[] positions,
    int[] later,
    int[] finals,
    int[] projected,
    List<CellEdit> edits,
    Set<SiteAt> keeps,
    int keysFrom) {

  int first() {
    return positions[0];
  }

  /** Whether rows of later positions join when a block is done. */
  boolean growsBehind(int layer) {
    return later.length > 0 && layer == entry.layer();
  }

  /** Whether only some rows get queries, keys and values from a block. */
  boolean projectsSome(int layer) {
    return projected != null && layer == entry.layer() + (later.length > 0 ? 1 : 0);
  }

  /** Whether a site's value has to outlive the pack. */
  boolean keeps(Site site, int layer) {
    return keeps.contains(new SiteAt(site, layer))
        || ((site == Site.K_ROT || site == Site.V) && layer >= keysFrom);
  }

  /** The edits of a site, in written order. */
  List<CellEdit> chain(Site site, int layer) {
    List<CellEdit> chain = new ArrayList<>();
    for (CellEdit edit : edits) {
      if (edit.slice().site() == site && edit.slice().layer() == layer) {
        chain.add(edit);
      }
    }
    return chain;
  }
}
