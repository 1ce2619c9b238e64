package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intervene.engine.decoder.Group;
import org.intervene.engine.decoder.Hooks;
import org.intervene.engine.decoder.Rows;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.Tensors;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.optimise.Keeps.SiteAt;
import org.intervene.plan.Cell;
import org.intervene.plan.CellEdit;

/**
 * Applies the edits of one cell where its pass reaches them, and keeps the values that others read.
 */
final class NaiveHooks implements Hooks {
  private final NDManager scope;
  private final ModelFacts facts;
  private final Cell cell;
  private final HostEdits edits;
  private final Set<SiteAt> wanted;
  private final Map<SiteAt, HostValue> kept = new HashMap<>();

  NaiveHooks(NDManager scope, ModelFacts facts, Cell cell, Operands operands, Set<SiteAt> wanted) {
    this.scope = scope;
    this.facts = facts;
    this.cell = cell;
    this.edits = new HostEdits(operands, cell.tokens());
    this.wanted = wanted;
  }

  /** The values that the wanted sites finally had. */
  Map<SiteAt, HostValue> kept() {
    return kept;
  }

  private List<CellEdit> chain(Site site, int layer) {
    return cell.edits().stream()
        .filter(e -> e.slice().site() == site && e.slice().layer() == layer)
        .toList();
  }

  @Override
  public boolean wants(Site site, int layer) {
    return wanted.contains(new SiteAt(site, layer)) || !chain(site, layer).isEmpty();
  }

  @Override
  public NDArray rows(Site site, int layer, NDArray value, Rows rows) {
    return edited(site, layer, value);
  }

  @Override
  public NDArray edges(Site site, int layer, NDArray value, Group group, Rows rows) {
    return edited(site, layer, value);
  }

  private NDArray edited(Site site, int layer, NDArray value) {
    double[] elements = Tensors.toDoubles(value);
    HostValue host = HostValue.of(site, facts, cell.tokens().length, elements);
    List<CellEdit> chain = chain(site, layer);
    chain.forEach(e -> edits.apply(e, host));
    NDArray left = value;
    if (!chain.isEmpty()) {
      NDManager own = Home.of(value).under(scope);
      left = Tensors.of(own, elements, Tensors.dtype(value), value.getShape().getShape());
    }
    if (wanted.contains(new SiteAt(site, layer))) {
      double[] rounded = chain.isEmpty() ? elements : Tensors.toDoubles(left);
      kept.put(new SiteAt(site, layer), HostValue.of(site, facts, cell.tokens().length, rounded));
    }
    return left;
  }
}
