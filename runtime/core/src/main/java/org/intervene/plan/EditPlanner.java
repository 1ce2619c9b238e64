package org.intervene.plan;

import java.util.ArrayList;
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
  private final Copies copies;
  private final DirectionEdits directions;

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
    this.copies = new Copies(facts, sources, problems);
    this.directions = new DirectionEdits(facts, vectors, problems);
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
          ? directions.added(edit, e.to(), selected, cell, false)
          : number(e.to(), cell)
              .map(x -> everywhere(edit, selected, new Change.Fill(x)))
              .orElse(List.of());
    } else if (edit instanceof Edit.Steer e) {
      return directions.added(edit, e.by(), selected, cell, true);
    } else if (edit instanceof Edit.Ablate e) {
      return directions.ablated(e, selected, cell);
    } else if (edit instanceof Edit.Noise e) {
      return noise(e, selected, cell);
    } else if (edit instanceof Edit.Mean e) {
      return statistics.mean(e, selected, cell);
    } else if (edit instanceof Edit.Resample e) {
      return resample(e, ref, selected, cell);
    } else if (edit instanceof Edit.Patch e) {
      return copied(
          new Copies.Copy(edit, e.source().orElse(ref), false, 1), e.run(), selected, cell);
    } else if (edit instanceof Edit.Freeze e) {
      return copied(new Copies.Copy(edit, ref, false, 1), e.run(), selected, cell);
    } else if (edit instanceof Edit.AddRun e) {
      return copied(new Copies.Copy(edit, ref, true, 1), e.run(), selected, cell);
    } else if (edit instanceof Edit.SubtractRun e) {
      return copied(new Copies.Copy(edit, ref, true, -1), e.run(), selected, cell);
    }
    throw new IllegalStateException("unhandled edit " + edit.getClass());
  }

  private Optional<Double> number(Expr expr, CellContext cell) {
    return numbers.number(expr, cell.scope());
  }

  /** One change of every selected slice. */
  static List<CellEdit> everywhere(Edit edit, Slices.Selected selected, Change change) {
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

  private List<CellEdit> noise(Edit.Noise e, Slices.Selected selected, CellContext cell) {
    Optional<Double> sigma = number(e.sigma(), cell);
    Optional<Long> seed = numbers.whole(e.seed(), cell.scope(), "a seed");
    if (sigma.isEmpty() || seed.isEmpty()) {
      return List.of();
    } else if (sigma.get() < 0) {
      problems.error(
          "edit.noise-sigma",
          e.sigma().span(),
          "a standard deviation is not negative: " + Numbers.shown(sigma.get()),
          "write 0 or more; the seed decides the signs");
      return List.of();
    }
    Change noise = new Change.Noise(sigma.get(), seed.get(), cell.prompt().example());
    return everywhere(e, selected, noise);
  }

  private List<CellEdit> resample(
      Edit.Resample e, SiteRef ref, Slices.Selected selected, CellContext cell) {
    Optional<Long> seed = numbers.whole(e.seed(), cell.scope(), "a seed");
    return seed.flatMap(s -> sources.resampled(e, s, cell))
        .map(source -> copies.of(new Copies.Copy(e, ref, false, 1), selected, source, cell))
        .orElse(List.of());
  }

  private List<CellEdit> copied(
      Copies.Copy copy, Word run, Slices.Selected selected, CellContext cell) {
    return sources
        .paired(run, cell)
        .map(source -> copies.of(copy, selected, source, cell))
        .orElse(List.of());
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
