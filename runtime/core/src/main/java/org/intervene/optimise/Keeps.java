package org.intervene.optimise;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.intervene.model.Site;

/**
 * What a continued run has to leave behind: liveness decides, everything else is freed as it is
 * produced.
 *
 * @param sites values that its continuations start from
 * @param keysFrom first layer from which on all keys and values are kept; the number of layers if
 *     none are
 * @param users how many works continue it
 */
public record Keeps(Set<SiteAt> sites, int keysFrom, int users) {
  /** Its name as a rule. */
  static final String NAME = "keep-only-what-is-read";

  static final Exactness EXACTNESS = Exactness.BITWISE;

  public Keeps {
    int from = keysFrom;
    sites =
        sites.stream()
            .filter(at -> at.layer() < from || !isKeyOrValue(at.site()))
            .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isKeyOrValue(Site site) {
    return site == Site.K_ROT || site == Site.V;
  }

  /** A site in a layer. */
  public record SiteAt(Site site, int layer) {}

  /** What each continued work keeps. */
  static Map<Integer, Keeps> of(Works works) {
    Map<Integer, Keeps> keeps = new HashMap<>();
    int layers = works.facts().layers();
    for (Work work : works.works()) {
      if (work.route() instanceof Route.Join join) {
        add(keeps, join.parent(), of(join, layers), works);
      } else if (work.route() instanceof Route.Close close) {
        Set<SiteAt> last = Set.of(new SiteAt(Site.RESID_POST, layers - 1));
        add(keeps, close.parent(), new Keeps(last, layers, 1), works);
      }
    }
    return keeps;
  }

  /** A work that itself continues another one has what lies before its entry from there. */
  private static void add(Map<Integer, Keeps> keeps, int parent, Keeps wanted, Works works) {
    int real = works.real(parent);
    Map<Integer, Set<SiteAt>> byHolder = new HashMap<>();
    byHolder.put(real, new LinkedHashSet<>());
    for (SiteAt at : wanted.sites) {
      int holder = works.holding(real, at.site, at.layer);
      byHolder.computeIfAbsent(holder, k -> new LinkedHashSet<>()).add(at);
    }
    byHolder.forEach(
        (holder, sites) -> {
          int keysFrom = holder == real ? wanted.keysFrom : works.facts().layers();
          keeps.merge(holder, new Keeps(sites, keysFrom, 1), Keeps::and);
        });
  }

  /** How many works leave nothing behind. */
  static int dropped(Works works, Map<Integer, Keeps> keeps) {
    return (int)
        works.works().stream()
            .filter(w -> !(w.route() instanceof Route.SameAs))
            .filter(w -> w.saved().isEmpty() && w.lent().isEmpty() && !keeps.containsKey(w.id()))
            .count();
  }

  /** What a work that joins needs of the one that it continues. */
  static Keeps of(Route.Join join, int layers) {
    int layer = join.entry().layer();
    boolean attends = join.entry().stage().compareTo(Entry.Stage.BLOCK) <= 0;
    int keysFrom = join.first() == 0 ? layers : attends ? layer : layer + 1;
    Set<SiteAt> start =
        switch (join.entry().stage()) {
          case EMBED -> Set.of();
          case BLOCK -> Set.of(new SiteAt(Site.RESID_PRE, layer));
          case Z -> Set.of(new SiteAt(Site.RESID_PRE, layer), new SiteAt(Site.Z, layer));
          case MLP -> Set.of(new SiteAt(Site.RESID_MID, layer));
          case AFTER -> Set.of(new SiteAt(Site.RESID_POST, layer));
        };
    Set<SiteAt> sites = new LinkedHashSet<>(start);
    if (join.isDelaying()) {
      sites.add(new SiteAt(Site.RESID_POST, layer));
    }
    if (join.projected() != Route.ALL) {
      sites.add(new SiteAt(Site.Q_ROT, join.complete()));
      sites.add(new SiteAt(Site.K_ROT, join.complete()));
      sites.add(new SiteAt(Site.V, join.complete()));
    }
    return new Keeps(sites, keysFrom, 1);
  }

  private Keeps and(Keeps other) {
    Set<SiteAt> all = new LinkedHashSet<>(sites);
    all.addAll(other.sites);
    return new Keeps(all, Math.min(keysFrom, other.keysFrom), users + other.users);
  }
}
