package org.intervene.pyvene;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.pyvene.Component.Layout;

/** Finds what an intervention touches, and says what cannot be said in this language. */
final class Targets {
  private static final Set<String> ROTATED =
      Set.of("RotatedSpaceIntervention", "LowRankRotatedSpaceIntervention");

  private final ModelFacts facts;
  private final Call call;
  private final Problems problems;

  Targets(ModelFacts facts, Call call, Problems problems) {
    this.facts = facts;
    this.call = call;
    this.problems = problems;
  }

  /**
   * The target in one example.
   *
   * @param source number of the input that is read; -1 if none is
   */
  Optional<Target> find(Representation r, int source, int example) {
    Optional<Components.Found> found = component(r);
    if (found.isEmpty() || !plain(r)) {
      return Optional.empty();
    }
    Component component = found.get().component();
    int layer = found.get().layer().orElse(r.layer());
    if (layer >= facts.layers()) {
      problems.otherModel(
          r.field("layer"),
          "the model has " + facts.layers() + " layers",
          "give the model that was saved for: `--model`");
      return Optional.empty();
    }
    Optional<Call.Pair> pair = call.pair(r, component, source, example);
    if (pair.isEmpty() || !unitFits(r, component, pair.get())) {
      return Optional.empty();
    }
    return dims(r, component, pair.get(), example)
        .map(
            d ->
                new Target(
                    r,
                    component,
                    layer,
                    pair.get(),
                    d.length == component.width(facts) ? null : d));
  }

  private Optional<Components.Found> component(Representation r) {
    Optional<Components.Found> found = Components.find(facts.family(), r.component());
    if (found.isEmpty()) {
      problems.noEquivalent(
          r.field("component"),
          "`" + r.component() + "` is no site of this language in a " + facts.family() + " model",
          "docs/pyvene.md lists the components that are");
      return Optional.empty();
    }
    Optional<String> absent = facts.whyAbsent(found.get().component().site());
    absent.ifPresent(
        why ->
            problems.noEquivalent(
                r.field("component"), "the model has no such site: " + why, "choose another"));
    return absent.isPresent() ? Optional.empty() : found;
  }

  private boolean plain(Representation r) {
    boolean plain = true;
    for (String name : Set.of("intervention_link_key", "moe_key", "latent_dim")) {
      if (!r.field(name).absent()) {
        problems.noEquivalent(r.field(name), "`" + name + "` has no equivalent", "save without it");
        plain = false;
      }
    }
    return plain;
  }

  /** Whether pyvene itself can read and write these units of this component. */
  private boolean unitFits(Representation r, Component component, Call.Pair pair) {
    boolean whole = pair.to().heads() == null && pair.to().positions() == null;
    boolean heads = r.unit().equals("h") || r.unit().equals("h.pos");
    boolean fits =
        switch (component.layout()) {
          case PLAIN -> r.unit().equals("pos");
          case FLAT -> r.unit().equals("pos") && !(whole && fused(component));
          case HEADS -> heads && !whole;
          case EDGES -> whole;
        };
    if (!fits) {
      problems.noEquivalent(
          r.field("unit"),
          "pyvene does not select `"
              + r.unit()
              + "` of `"
              + r.component()
              + "`"
              + (whole ? " as a whole" : ""),
          "use pos, or h and h.pos with components that begin with head_");
    }
    return fits;
  }

  /** Without places, pyvene exchanges all that a fused projection gives. */
  private boolean fused(Component component) {
    return facts.family().equals("gpt2") && component.site() != Site.Z;
  }

  /** The elements of the last axis that are exchanged; for rotated spaces all of them. */
  private Optional<int[]> dims(Representation r, Component component, Call.Pair pair, int example) {
    int width = component.width(facts);
    Optional<int[]> subspaces = call.subspaces(r, example);
    if (ROTATED.contains(r.type())) {
      return Optional.of(IntStream.range(0, width).toArray());
    }
    Optional<int[]> dims =
        subspaces.isPresent()
            ? Subspaces.indices(r, subspaces.get(), problems)
            : prefix(r, component, width, places(component, pair));
    if (dims.isPresent() && (dims.get().length == 0 || max(dims.get()) >= width)) {
      problems.noEquivalent(
          r.at(),
          "it exchanges elements " + Arrays.toString(dims.get()) + " of " + width,
          "name elements that are there");
      return Optional.empty();
    }
    if (dims.isPresent() && component.layout() == Layout.EDGES && dims.get().length < width) {
      problems.noEquivalent(r.at(), "it exchanges a part of each row of the pattern", "take all");
      return Optional.empty();
    }
    return dims;
  }

  private static int max(int[] numbers) {
    return IntStream.of(numbers).max().orElse(-1);
  }

  /** Places whose values pyvene lays end to end for a type that is not localist. */
  private static int places(Component component, Call.Pair pair) {
    var spot = component.layout() == Layout.HEADS ? pair.to().heads() : pair.to().positions();
    return spot == null ? 1 : spot.size();
  }

  /** {@code interchange_dim}: the first elements. */
  private Optional<int[]> prefix(Representation r, Component component, int width, int places) {
    int count = r.dimension().whole().orElse(width);
    boolean inferred =
        r.dimension().absent() && r.component().contains(".") && width > facts.dModel();
    boolean collects = r.type().equals("CollectIntervention");
    boolean several = collects && places > 1 && count < width * places;
    if (count < 0
        || (!r.dimension().absent() && r.dimension().whole().isEmpty())
        || inferred
        || several) {
      problems.noEquivalent(
          r.dimension().absent() ? r.at() : r.dimension(),
          inferred
              ? "pyvene loads this with "
                  + facts.dModel()
                  + " of "
                  + width
                  + " elements, and ran it with all"
              : several
                  ? "it collects "
                      + count
                      + " of "
                      + places
                      + " x "
                      + width
                      + " elements laid end to end"
                  : "this is no number of elements",
          several
              ? "save with max_number_of_units " + places
              : "name the component as pyvene's tables do");
      return Optional.empty();
    }
    return Optional.of(IntStream.range(0, Math.min(count, width)).toArray());
  }
}
