package org.intervene.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.intervene.ast.Expr;
import org.intervene.ast.SiteRef;
import org.intervene.check.Diagnostics;
import org.intervene.check.SiteCheck;
import org.intervene.check.SiteNames;
import org.intervene.model.Axis;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;

/** Turns a site as written into slices, one for each layer it selects. */
final class Slices {
  private final ModelFacts facts;
  private final Diagnostics problems;
  private final Selections selections;
  private final SiteCheck sites;
  private final Readout readout;

  Slices(ModelFacts facts, Diagnostics problems) {
    this.facts = facts;
    this.problems = problems;
    this.selections = new Selections(problems);
    this.sites = new SiteCheck(facts, problems);
    this.readout = new Readout(facts, problems);
  }

  /**
   * Slices of one site in one cell.
   *
   * @param slices one a layer, ascending; equal but for the layer
   * @param fromStart whether positions were counted from the start of the input
   */
  record Selected(List<Slice> slices, boolean fromStart) {}

  /**
   * Resolves a site.
   *
   * @param predicted whether the position is that of the prediction unless said; otherwise it is
   *     all
   */
  Optional<Selected> resolve(SiteRef ref, Scope scope, boolean predicted) {
    Optional<SiteNames.Named> named = sites.site(ref);
    if (named.isEmpty()) {
      return Optional.empty();
    }
    Site site = named.get().site();
    Axes axes = new Axes();
    boolean sound = axes.read(ref, named.get(), scope);
    Optional<Selections.Positions> at = positions(ref, scope, predicted);
    Optional<Selections.Positions> from =
        ref.from().isPresent() ? selections.positions(ref.from(), scope) : Optional.empty();
    if (ref.from().isPresent() && !site.hasSources()) {
      problems.error(
          "site.no-sources",
          ref.from().get().span(),
          "`" + site.spelled() + "` has no source positions",
          "only `pattern` and `scores` take `@ dst <- src`");
      return Optional.empty();
    }
    if (!sound || at.isEmpty() || (ref.from().isPresent() && from.isEmpty())) {
      return Optional.empty();
    }
    int[] sources = from.map(Selections.Positions::indices).orElse(null);
    if (sources != null && !anyUnmasked(ref, at.get().indices(), sources)) {
      return Optional.empty();
    }
    int[] positions = ref.at().isEmpty() && !predicted ? null : at.get().indices();
    List<Slice> slices = new ArrayList<>();
    for (int layer : axes.layers) {
      if (!sites.has(ref, site, layer)) {
        return Optional.empty();
      }
      slices.add(new Slice(site, layer, positions, sources, axes.heads, axes.units));
    }
    boolean fromStart = at.get().fromStart() || from.map(f -> f.fromStart()).orElse(false);
    return Optional.of(new Selected(slices, fromStart));
  }

  private Optional<Selections.Positions> positions(SiteRef ref, Scope scope, boolean predicted) {
    return ref.at().isEmpty() && predicted
        ? readout
            .position(ref.span(), scope)
            .map(p -> new Selections.Positions(new int[] {p}, false))
        : selections.positions(ref.at(), scope);
  }

  private boolean anyUnmasked(SiteRef ref, int[] destinations, int[] sources) {
    if (!facts.causal() || destinations[destinations.length - 1] >= sources[0]) {
      return true;
    }
    problems.error(
        "site.masked",
        ref.span(),
        "no position before "
            + sources[0]
            + " attends to it: the causal mask makes this edit or read empty",
        "`@ dst <- src` needs dst >= src");
    return false;
  }

  /** Layers, heads and units of one site. */
  private final class Axes {
    private int[] layers = {0};
    private int[] heads;
    private int[] units;

    boolean read(SiteRef ref, SiteNames.Named named, Scope scope) {
      Site site = named.site();
      OptionalInt own = named.layer();
      boolean sound = true;
      boolean layerSaid = own.isPresent();
      if (own.isPresent()) {
        Expr index = new Expr.Number(ref.name().span(), own.getAsInt());
        Optional<Integer> layer = selections.index(index, facts.layers(), "layer", scope);
        layers = layer.map(l -> new int[] {l}).orElse(layers);
        sound = layer.isPresent();
      }
      for (SiteRef.AxisRef axis : ref.axes()) {
        String name = axis.name().map(Object::toString).orElse("layer");
        int length = length(site, name);
        if (length < 0 || (name.equals("layer") && layerSaid)) {
          reportAxis(axis, site, name, layerSaid);
          return false;
        }
        Optional<int[]> indices = selections.indices(axis.selection(), length, name, scope);
        sound &= indices.isPresent();
        switch (name) {
          case "layer" -> {
            layers = indices.orElse(layers);
            layerSaid = true;
          }
          case "head" -> heads = indices.orElse(null);
          case "expert" -> {
            heads = site.group().isPresent() ? indices.orElse(null) : null;
            units = site.group().isPresent() ? units : indices.orElse(null);
          }
          default -> units = indices.orElse(null);
        }
      }
      if (site.layered() && !layerSaid) {
        problems.error(
            "site.layer-missing",
            ref.name().span(),
            "`" + ref.name() + "` needs a layer",
            "write `" + site.spelled() + "[0]`, `" + site.spelled() + "[all]` or a range");
        return false;
      }
      return sound;
    }

    private int length(Site site, String axis) {
      return switch (axis) {
        case "layer" -> site.layered() ? facts.layers() : -1;
        case "head" -> site.hasHeads() ? facts.groups(site) : -1;
        case "expert" -> site.hasExperts() ? facts.length(Axis.EXPERT, 0) : -1;
        case "unit" -> hasUnits(site) ? facts.length(site.last(), 0) : -1;
        default -> -1;
      };
    }

    /**
     * The last axis of {@code scores} is that of sources, the last one of {@code router} experts.
     */
    private static boolean hasUnits(Site site) {
      return !site.hasSources() && site.last() != Axis.EXPERT;
    }

    private void reportAxis(SiteRef.AxisRef axis, Site site, String name, boolean layerSaid) {
      String message =
          name.equals("layer") && layerSaid
              ? "the layer of this site is said twice"
              : "`" + site.spelled() + "` has no `" + name + "` axis";
      String has =
          (site.layered() ? "[layer] " : "")
              + (site.hasHeads() ? ".head[...] " : "")
              + (site.hasExperts() ? ".expert[...] " : "")
              + (hasUnits(site) ? ".unit[...]" : "");
      problems.error(
          "site.axis", axis.span(), message, "it takes: " + (has.isBlank() ? "none" : has.strip()));
    }
  }
}
