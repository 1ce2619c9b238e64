package org.intervene.optimise;

import java.util.function.ObjIntConsumer;
import org.intervene.model.Site;
import org.intervene.optimise.Liveness.Value;
import org.intervene.plan.CellEdit;
import org.intervene.plan.CellEdit.Change;

/** What a work reads of other works while it runs, and in which block it does. */
final class Inputs {
  private final Works works;
  private final int layers;

  Inputs(Works works) {
    this.works = works;
    this.layers = works.facts().layers();
  }

  /**
   * Goes through what a work reads: what it starts from, keys and values of positions that it does
   * not compute, and what its edits take from others.
   *
   * @param reads hears each value with the block that reads it
   */
  void of(Work work, ObjIntConsumer<Value> reads) {
    if (work.route() instanceof Route.Join join) {
      Keeps needs = Keeps.of(join, layers);
      needs
          .sites()
          .forEach(s -> reads.accept(value(join.parent(), s.site(), s.layer()), s.layer()));
      for (int l = needs.keysFrom(); l < layers; l++) {
        reads.accept(value(join.parent(), Site.K_ROT, l), l);
        reads.accept(value(join.parent(), Site.V, l), l);
      }
    } else if (work.route() instanceof Route.Close close) {
      reads.accept(value(close.parent(), Site.RESID_POST, layers - 1), layers - 1);
    }
    for (CellEdit edit : works.left(work)) {
      if (edit.change() instanceof Change.FromCell c) {
        Value taken = value(c.cell(), c.source().site(), c.source().layer());
        reads.accept(taken, edit.slice().layer());
      }
    }
  }

  private Value value(int work, Site site, int layer) {
    return new Value(works.holding(work, site, layer), site, layer);
  }
}
