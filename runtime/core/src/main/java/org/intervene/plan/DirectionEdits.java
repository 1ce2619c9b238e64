package org.intervene.plan;

import java.util.List;
import org.intervene.ast.Edit;
import org.intervene.ast.Expr;
import org.intervene.check.Diagnostics;
import org.intervene.model.ModelFacts;
import org.intervene.plan.CellEdit.Change;
import org.intervene.plan.PlannedVector.Term;

/** Plans the edits that a vector makes: {@code steer}, {@code set} to a vector, {@code ablate}. */
final class DirectionEdits {
  private final ModelFacts facts;
  private final VectorPlanner vectors;
  private final Diagnostics problems;

  DirectionEdits(ModelFacts facts, VectorPlanner vectors, Diagnostics problems) {
    this.facts = facts;
    this.vectors = vectors;
    this.problems = problems;
  }

  /** Edits that add a vector, or put it in the place of what is there. */
  List<CellEdit> added(
      Edit edit, Expr expr, Slices.Selected selected, CellContext cell, boolean keep) {
    return vectors
        .single(expr, cell.scope())
        .filter(t -> fits(expr, selected, t))
        .map(
            t ->
                EditPlanner.everywhere(
                    edit, selected, new Change.AddVector(t.vector(), t.coefficient(), keep)))
        .orElse(List.of());
  }

  /** Edits that take a direction out. */
  List<CellEdit> ablated(Edit.Ablate e, Slices.Selected selected, CellContext cell) {
    return vectors
        .single(e.along(), cell.scope())
        .filter(t -> fits(e.along(), selected, t))
        .map(
            t ->
                EditPlanner.everywhere(e, selected, new Change.Project(vectors.unit(e.along(), t))))
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
}
