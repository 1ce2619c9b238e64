package org.intervene.optimise;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.intervene.model.Site;

/**
 * What a continued run has to leave behind: liveness decides, everything else is freed as it is
 * produced.
 *
 * @param sites values that its continuations start from
 * @param keysFrom first layer whose keys and values are kept; the number of layers if none are
 * @param users how many works continue it
 */
public record Keeps(Set<SiteAt> sites, int keysFrom, int users) {
  /** Rule name in counts. */
  static final String NAME = "keep-only-what-is-read";

  public Keeps {
    sites = Set.copyOf(sites);
  }

  /** A site in a layer. */
  public record SiteAt(Site site, int layer) {}

  /** What each continued work keeps. */
  static Map<Integer, Keeps> of(Works works) {
    Map<Integer, Keeps> keeps = new HashMap<>();
    int layers = works.facts().layers();
    for (Work work : works.works()) {
      if (work.route() instanceof Route.Join join) {
        keeps.merge(join.parent(), of(join, layers), Keeps::and);
      } else if (work.route() instanceof Route.Close close) {
        Set<SiteAt> last = Set.of(new SiteAt(Site.RESID_POST, layers - 1));
        keeps.merge(close.parent(), new Keeps(last, layers, 1), Keeps::and);
      }
    }
    return keeps;
  }

  private static Keeps of(Route.Join join, int layers) {
    int layer = join.entry().layer();
    boolean attends = join.entry().stage().compareTo(Entry.Stage.BLOCK) <= 0;
    int keysFrom = join.first() == 0 ? layers : attends ? layer : layer + 1;
    Set<SiteAt> sites =
        switch (join.entry().stage()) {
          case EMBED -> Set.of();
          case BLOCK -> Set.of(new SiteAt(Site.RESID_PRE, layer));
          case Z -> Set.of(new SiteAt(Site.RESID_PRE, layer), new SiteAt(Site.Z, layer));
          case MLP -> Set.of(new SiteAt(Site.RESID_MID, layer));
          case AFTER -> Set.of(new SiteAt(Site.RESID_POST, layer));
        };
    return new Keeps(sites, keysFrom, 1);
  }

  private Keeps and(Keeps other) {
    Set<SiteAt> all = new LinkedHashSet<>(sites);
    all.addAll(other.sites);
    return new Keeps(all, Math.min(keysFrom, other.keysFrom), users + other.users);
  }
}
