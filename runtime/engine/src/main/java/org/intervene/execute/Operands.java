package org.intervene.execute;

import org.intervene.model.Site;

/** What edits take their values from. */
interface Operands {
  /** Elements of a planned vector. */
  double[] vector(int id);

  /** A planned mean. */
  MeanValue statistic(int id);

  /** The value that a site finally had in another cell. */
  HostValue value(int cell, Site site, int layer);
}
