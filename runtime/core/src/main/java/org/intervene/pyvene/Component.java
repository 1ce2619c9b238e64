package org.intervene.pyvene;

import org.intervene.model.Axis;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;

/**
 * What a component's name means in one family of models.
 *
 * @param layout how pyvene lays out the value that it reads
 */
record Component(Site site, Layout layout) {

  /** Axes of a value in pyvene, after the example. */
  enum Layout {
    /** [pos, width]. */
    PLAIN,
    /** [pos, head x d_head], although the site has heads. */
    FLAT,
    /** [head, pos, d_head]. */
    HEADS,
    /** [head, pos, src]. */
    EDGES
  }

  int heads(ModelFacts facts) {
    return facts.length(site.axes().contains(Axis.KV_HEAD) ? Axis.KV_HEAD : Axis.HEAD, 0);
  }

  /** Length of the site's last axis. */
  int units(ModelFacts facts) {
    return facts.length(site.axes().get(site.axes().size() - 1), 0);
  }

  /** Length of the value's last axis in pyvene. */
  int width(ModelFacts facts) {
    return layout == Layout.FLAT ? heads(facts) * units(facts) : units(facts);
  }
}
