package org.intervene.plan;

import java.util.Arrays;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;

/**
 * A part of one site's tensor in one cell; every index is resolved, in range and not negative.
 *
 * @param layer 0 for a site that exists once
 * @param positions selected positions in ascending order (destinations for {@code scores} and
 *     {@code pattern}); null means all
 * @param sources selected source positions, for {@code scores} and {@code pattern} alone; null
 *     means all
 * @param heads selected heads, or experts; null means all or that the site has neither
 * @param units selected indices of the last axis; null means all
 */
public record Slice(
    Site site, int layer, int[] positions, int[] sources, int[] heads, int[] units) {

  /** The whole tensor of a site. */
  public static Slice whole(Site site, int layer) {
    return new Slice(site, layer, null, null, null, null);
  }

  /** The same slice at other positions. */
  public Slice at(int[] otherPositions) {
    return new Slice(site, layer, otherPositions, sources, heads, units);
  }

  /** Whether it selects the same part; arrays are compared by content. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Slice s
        && site == s.site
        && layer == s.layer
        && Arrays.equals(positions, s.positions)
        && Arrays.equals(sources, s.sources)
        && Arrays.equals(heads, s.heads)
        && Arrays.equals(units, s.units);
  }

  @Override
  public int hashCode() {
    int hash = 31 * site.ordinal() + layer;
    hash = 31 * hash + Arrays.hashCode(positions);
    hash = 31 * hash + Arrays.hashCode(sources);
    hash = 31 * hash + Arrays.hashCode(heads);
    return 31 * hash + Arrays.hashCode(units);
  }

  @Override
  public String toString() {
    return site.spelled()
        + (site.layered() ? "[" + layer + "]" : "")
        + (heads == null ? "" : (site.hasHeads() ? ".head" : ".expert") + Arrays.toString(heads))
        + (units == null ? "" : ".unit" + Arrays.toString(units))
        + (positions == null ? "" : " @ " + Arrays.toString(positions))
        + (sources == null ? "" : " <- " + Arrays.toString(sources));
  }

  /** Elements at one position: heads or experts times the last axis. */
  public int width(ModelFacts facts) {
    int last = units == null ? facts.length(site.last(), 0) : units.length;
    int groups = heads == null ? facts.groups(site) : heads.length;
    return groups * last;
  }
}
