package org.intervene.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.intervene.ast.Edit;
import org.intervene.ast.Expr;
import org.intervene.ast.SiteRef;
import org.intervene.ast.Word;
import org.intervene.check.Diagnostics;
import org.intervene.check.References;
import org.intervene.diagnostic.Span;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.plan.CellEdit.Change;
import org.intervene.plan.PlannedVector.Term;

/** Turns the edits of a run into cell edits, for one cell at a time. */
final class EditPlanner {
  private final ModelFacts facts;
  private final Diagnostics problems;
  private final Slices slices;
  private final Selections selections;
  private final Numbers numbers;
  private final VectorPlanner vectors;
  private final StatisticPlanner statistics;
  private final SourceCells sources;

  EditPlanner(
      ModelFacts facts,
      VectorPlanner vectors,
      StatisticPlanner statistics,
      SourceCells sources,
      Diagnostics problems) {
    this.facts = facts;
    this.vectors = vectors;
    this.statistics = statistics;
    this.sources = sources;
    this.problems = problems;
    this.slices = new Slices(facts, problems);
    this.selections = new Selections(problems);
    this.numbers = new Numbers(problems);
  }

  /** The cell edits of one statement; empty if something is wrong with it. */
  List<CellEdit> plan(Edit edit, CellContext cell) {
    if (edit instanceof Edit.Skip skip) {
      return skip(skip, cell);
    } else if (edit instanceof Edit.Except except) {
      return except(except, cell);
    }
    SiteRef ref = References.target(edit).orElseThrow();
    Optional<Slices.Selected> selected = slices.resolve(ref, cell.scope(), false);
    if (selected.isEmpty()) {
      return List.of();
    }
    return changes(edit, ref, selected.get(), cell);
  }

  private List<CellEdit> changes(
      Edit edit, SiteRef ref, Slices.Selected selected, CellContext cell) {
    if (edit instanceof Edit.Zero) {
      return everywhere(edit, selected, new Change.Fill(0));
    } else if (edit instanceof Edit.Scale e) {
      return number(e.by(), cell)
          .map(c -> everywhere(edit, selected, new Change.Scale(c)))
          .orElse(List.of());
    } else if (edit instanceof Edit.Clamp e) {
      return clamp(e, selected, cell);
    } else if (edit instanceof Edit.KnockOut e) {
      return knockOut(e, selected);
    } else if (edit instanceof Edit.Set e) {
      return vectors.isVector(e.to())
          ? vector(edit, e.to(), selected, cell, false)
          : number(e.to(), cell)
              .map(x -> everywhere(edit, selected, new Change.Fill(x)))
              .orElse(List.of());
    } else if (edit instanceof Edit.Steer e) {
      return vector(edit, e.by(), selected, cell, true);
    } else if (edit instanceof Edit.Ablate e) {
      return ablate(e, selected, cell);
    } else if (edit instanceof Edit.Noise e) {
      return noise(e, selected, cell);
    } else if (edit instanceof Edit.Mean e) {
      return statistics.mean(e, selected, cell);
    } else if (edit instanceof Edit.Resample e) {
      return resample(e, ref, selected, cell);
    } else if (edit instanceof Edit.Patch e) {
      return fromRun(edit, e.run(), ref, e.source().orElse(ref), selected, cell, false, 1);
    } else if (edit instanceof Edit.Freeze e) {
      return fromRun(edit, e.run(), ref, ref, selected, cell, false, 1);
    } else if (edit instanceof Edit.AddRun e) {
      return fromRun(edit, e.run(), ref, ref, selected, cell, true, 1);
    } else if (edit instanceof Edit.SubtractRun e) {
      return fromRun(edit, e.run(), ref, ref, selected, cell, true, -1);
    }
    throw new IllegalStateException("unhandled edit " + edit.getClass());
  }

  private Optional<Double> number(Expr expr, CellContext cell) {
    return numbers.number(expr, cell.scope());
  }

  private static List<CellEdit> everywhere(Edit edit, Slices.Selected selected, Change change) {
    return selected.slices().stream().map(s -> new CellEdit(edit.span(), s, change)).toList();
  }

  private List<CellEdit> clamp(Edit.Clamp e, Slices.Selected selected, CellContext cell) {
    Optional<Double> low = number(e.low(), cell);
    Optional<Double> high = number(e.high(), cell);
    if (low.isEmpty() || high.isEmpty()) {
      return List.of();
    }
    if (low.get() > high.get()) {
      problems.error(
          "range.empty",
          e.low().span().to(e.high().span()),
          "the range " + low.get() + ".." + high.get() + " runs backwards",
          "write the smaller bound first");
      return List.of();
    }
    return everywhere(e, selected, new Change.Clamp(low.get(), high.get()));
  }

  private List<CellEdit> knockOut(Edit.KnockOut e, Slices.Selected selected) {
    Site site = selected.slices().get(0).site();
    if (!site.hasSources()) {
      problems.error(
          "edit.knock-out-site",
          e.site().span(),
          "`knock out` cuts attention edges, and `" + site.spelled() + "` has none",
          "write `knock out pattern[l].head[h] @ dst <- src`");
      return List.of();
    }
    return selected.slices().stream()
        .map(
            s ->
                new CellEdit(
                    e.span(),
                    new Slice(Site.SCORES, s.layer(), s.positions(), s.sources(), s.heads(), null),
                    new Change.Fill(Double.NEGATIVE_INFINITY)))
        .toList();
  }

  private List<CellEdit> vector(
      Edit edit, Expr expr, Slices.Selected selected, CellContext cell, boolean keep) {
    return vectors
        .single(expr, cell.scope())
        .filter(t -> fits(expr, selected, t))
        .map(
            t ->
                everywhere(edit, selected, new Change.AddVector(t.vector(), t.coefficient(), keep)))
        .orElse(List.of());
  }

  private List<CellEdit> ablate(Edit.Ablate e, Slices.Selected selected, CellContext cell) {
    return vectors
        .single(e.along(), cell.scope())
        .filter(t -> fits(e.along(), selected, t))
        .map(t -> everywhere(e, selected, new Change.Project(vectors.unit(e.along(), t))))
        .orElse(List.of());
  }

  /** A vector fits the last axis of a slice, or all its heads side by side. */
  private boolean fits(Expr expr, Slices.Selected selected, Term term) {
    Slice slice = selected.slices().get(0);
    int width = vectors.width(term.vector());
    int whole = slice.width(facts);
    int last =
        slice.units() == null
            ? facts.length(slice.site().axes().get(slice.site().axes().size() - 1), 0)
            : slice.units().length;
    if (!slice.site().hasSources() && (width == whole || width == last)) {
      return true;
    }
    String want = whole == last ? "" + last : last + " (or " + whole + " for all selected heads)";
    problems.error(
        "vector.width",
        expr.span(),
        "this vector has "
            + width
            + " elements, but `"
            + slice.site().spelled()
            + "` has "
            + (slice.site().hasSources() ? "attention edges, not vectors" : want),
        "make the vector from the same site, or edit a site of its width");
    return false;
  }

  private List<CellEdit> noise(Edit.Noise e, Slices.Selected selected, CellContext cell) {
    Optional<Double> sigma = number(e.sigma(), cell);
    Optional<Long> seed = numbers.whole(e.seed(), cell.scope(), "a seed");
    return sigma.isEmpty() || seed.isEmpty()
        ? List.of()
        : everywhere(
            e, selected, new Change.Noise(sigma.get(), seed.get(), cell.prompt().example()));
  }

  private List<CellEdit> resample(
      Edit.Resample e, SiteRef ref, Slices.Selected selected, CellContext cell) {
    Optional<Long> seed = numbers.whole(e.seed(), cell.scope(), "a seed");
    return seed.flatMap(s -> sources.resampled(e, s, cell))
        .map(source -> copy(e, ref, ref, selected, source, cell, false, 1))
        .orElse(List.of());
  }

  private List<CellEdit> fromRun(
      Edit edit,
      Word run,
      SiteRef target,
      SiteRef from,
      Slices.Selected selected,
      CellContext cell,
      boolean keep,
      double weight) {
    return sources
        .paired(run, cell)
        .map(source -> copy(edit, target, from, selected, source, cell, keep, weight))
        .orElse(List.of());
  }

  /** Edits that copy slices of another cell onto the selected ones. */
  private List<CellEdit> copy(
      Edit edit,
      SiteRef target,
      SiteRef from,
      Slices.Selected selected,
      SourceCells.Source source,
      CellContext cell,
      boolean keep,
      double weight) {
    Prompt other = source.prompt();
    Optional<Slices.Selected> read =
        slices.resolve(from, cell.scope().over(other.tokens().length, other.spans()), false);
    if (read.isEmpty() || !alignable(from, selected, read.get(), cell.prompt(), other)) {
      return List.of();
    }
    if (read.get().slices().size() != selected.slices().size() && read.get().slices().size() != 1) {
      mismatch(from, selected.slices().size() + " layers", read.get().slices().size() + "");
      return List.of();
    }
    List<CellEdit> edits = new ArrayList<>();
    for (int i = 0; i < selected.slices().size(); i++) {
      Slice to = selected.slices().get(i);
      Slice at = read.get().slices().get(read.get().slices().size() == 1 ? 0 : i);
      if (!sameShape(from, to, at, cell.prompt(), other)) {
        return List.of();
      }
      edits.add(
          new CellEdit(edit.span(), to, new Change.FromCell(source.cell(), at, keep, weight)));
    }
    return edits;
  }

  private boolean alignable(
      SiteRef from, Slices.Selected to, Slices.Selected at, Prompt prompt, Prompt other) {
    boolean counted = to.fromStart() || at.fromStart() || at.slices().get(0).site().hasSources();
    if (!counted || prompt.tokens().length == other.tokens().length) {
      return true;
    }
    problems.error(
        "data.length-mismatch",
        from.span(),
        "example "
            + prompt.example()
            + " has "
            + prompt.tokens().length
            + " tokens in `"
            + prompt.data()
            + "."
            + prompt.column()
            + "` but its partner in `"
            + other.data()
            + "."
            + other.column()
            + "` has "
            + other.tokens().length
            + ", so positions counted from the start do not line up",
        "use texts of equal length, or select by `last`, a negative index or a named span",
        "`" + prompt.column() + "` is " + sources.shown(prompt),
        "`" + other.column() + "` is " + sources.shown(other));
    return false;
  }

  private boolean sameShape(SiteRef from, Slice to, Slice at, Prompt prompt, Prompt other) {
    int[] left = shape(to, prompt.tokens().length);
    int[] right = shape(at, other.tokens().length);
    if (Arrays.equals(left, right)) {
      return true;
    }
    mismatch(from, Arrays.toString(left), Arrays.toString(right));
    return false;
  }

  private void mismatch(SiteRef from, String want, String have) {
    problems.error(
        "site.shape-mismatch",
        from.span(),
        "what is read has the shape " + have + ", what is edited " + want,
        "select as many positions, heads and units on both sides");
  }

  private int[] shape(Slice slice, int length) {
    int positions = slice.positions() == null ? length : slice.positions().length;
    if (slice.site().hasSources()) {
      int sourcesSelected = slice.sources() == null ? length : slice.sources().length;
      int heads = slice.heads() == null ? facts.heads() : slice.heads().length;
      return new int[] {heads, positions, sourcesSelected};
    }
    return new int[] {positions, slice.width(facts)};
  }

  private List<CellEdit> skip(Edit.Skip skip, CellContext cell) {
    Optional<int[]> layers =
        selections.indices(skip.layers(), facts.layers(), "layer", cell.scope());
    List<CellEdit> edits = new ArrayList<>();
    for (int layer : layers.orElse(new int[0])) {
      if (skip.part() != Edit.Part.MLP) {
        edits.add(leftOut(skip.span(), Site.ATTN_OUT, layer));
      }
      if (skip.part() != Edit.Part.ATTN) {
        edits.add(leftOut(skip.span(), Site.MLP_OUT, layer));
      }
    }
    return edits;
  }

  private static CellEdit leftOut(Span span, Site site, int layer) {
    return new CellEdit(span, Slice.whole(site, layer), new Change.Fill(0));
  }

  private List<CellEdit> except(Edit.Except except, CellContext cell) {
    List<CellEdit> edits = plan(except.edit(), cell);
    for (SiteRef ref : except.excluded()) {
      Optional<Slices.Selected> excluded = slices.resolve(ref, cell.scope(), false);
      if (excluded.isEmpty()) {
        return List.of();
      }
      edits = new Exclusion(facts, cell.prompt().tokens().length).apply(edits, excluded.get());
    }
    if (edits.isEmpty()) {
      problems.error(
          "edit.empty",
          except.span(),
          "`except` takes out everything that this edit selects, so it can never fire",
          "leave something to edit, or remove the line");
    }
    return edits;
  }
}
