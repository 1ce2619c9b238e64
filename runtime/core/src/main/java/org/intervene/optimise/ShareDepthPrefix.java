package org.intervene.optimise;

import java.util.Comparator;
import java.util.List;
import org.intervene.model.Site;

/**
 * Until its first edit a cell's activations equal those of the same input without that edit: start
 * there, from what that run left.
 *
 * <pre>
 *   baseline   embed ─ block 0 ─ block 1 ─ block 2 ─ block 3 ─ logits
 *                                   │ resid_pre[2]
 *   patch resid_pre[2]              └─(patch)─ block 2 ─ block 3 ─ logits
 * </pre>
 *
 * <p>The run that is continued is the longest one whose edits are the first of the cell's: with
 * noise on the embeddings in every cell and a patch in one layer, it is the noised run, not the
 * clean one. What no edit of a cell can change is read from the run that it continues.
 */
final class ShareDepthPrefix implements Rule {
  static final String NAME = "share-depth-prefix";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Exactness exactness() {
    return Exactness.BITWISE;
  }

  @Override
  public Works apply(Works works) {
    List<Work> all = works.copy();
    Parents parents = new Parents(all, works.facts());
    int layers = works.facts().layers();
    boolean parallel = works.facts().whyAbsent(Site.RESID_MID).isPresent();
    int fired = 0;
    for (Work work : List.copyOf(all)) {
      int parent = parents.of(work);
      if (parent >= 0) {
        int known = all.get(parent).edits().size();
        var extra = work.edits().subList(known, work.edits().size());
        Entry entry = Parents.entry(extra, layers, parallel);
        Route join = new Route.Join(parent, entry, 0, work.tokens().length, Route.ALL);
        all.set(work.id(), all.get(work.id()).withRoute(join));
        fired++;
      }
    }
    return borrowed(works, all).counting(NAME, fired);
  }

  /** Lets works read from those that they continue, those with the most edits first. */
  private static Works borrowed(Works works, List<Work> all) {
    Borrowing borrowing = new Borrowing(all, works.facts());
    all.stream()
        .filter(w -> w.route() instanceof Route.Join)
        .sorted(Comparator.comparingInt((Work w) -> -w.edits().size()))
        .map(Work::id)
        .toList()
        .forEach(borrowing::fromParent);
    return works.with(all).finding(borrowing.elsewhere());
  }
}
