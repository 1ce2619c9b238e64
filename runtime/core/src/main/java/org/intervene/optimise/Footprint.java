package org.intervene.optimise;

import java.util.HashSet;
import java.util.Set;
import org.intervene.model.Axis;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.optimise.Keeps.SiteAt;

/** Bytes of what works leave behind. */
public final class Footprint {
  private final ModelFacts facts;
  private final int elementBytes;

  /**
   * @param elementBytes bytes of one element in the run's dtype
   */
  public Footprint(ModelFacts facts, int elementBytes) {
    this.facts = facts;
    this.elementBytes = elementBytes;
  }

  /**
   * Bytes that a work leaves behind.
   *
   * @param keeps what works that continue it start from; null if none do
   */
  public long of(Work work, Keeps keeps) {
    Set<SiteAt> sites = new HashSet<>(keeps == null ? Set.of() : keeps.sites());
    work.kept().forEach(s -> sites.add(new SiteAt(s.site(), s.layer())));
    int keyLayers = keeps == null ? 0 : facts.layers() - keeps.keysFrom();
    long keys = 2L * facts.kvHeads() * facts.dHead() * keyLayers;
    long elements = keys;
    for (SiteAt at : sites) {
      elements += perRow(facts, at.site(), work.tokens().length);
    }
    return elements * rows(work) * elementBytes;
  }

  /** Rows that a work computes. */
  static long rows(Work work) {
    if (work.route() instanceof Route.Join join) {
      return join.rows();
    } else if (work.route() instanceof Route.Close close) {
      return close.positions().length;
    }
    return work.route() instanceof Route.Full full ? full.end() : 0;
  }

  /** Elements of one row of a site. */
  static long perRow(ModelFacts facts, Site site, int positions) {
    long elements = 1;
    for (Axis axis : site.axes()) {
      elements *= axis == Axis.POS ? 1 : facts.length(axis, positions);
    }
    return elements;
  }
}
