package org.intervene.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.intervene.ast.Edit;
import org.intervene.ast.SiteRef;
import org.intervene.check.Diagnostics;
import org.intervene.model.ModelFacts;
import org.intervene.plan.CellEdit.Change;

/** Plans edits that copy slices of another cell onto the selected ones. */
final class Copies {
  private final ModelFacts facts;
  private final SourceCells sources;
  private final Diagnostics problems;
  private final Slices slices;

  Copies(ModelFacts facts, SourceCells sources, Diagnostics problems) {
    this.facts = facts;
    this.sources = sources;
    this.problems = problems;
    this.slices = new Slices(facts, problems);
  }

  /**
   * A copy that is asked for.
   *
   * @param from what is read in the other cell
   * @param keep whether what is there stays and the copy is added
   * @param weight of what is read
   */
  record Copy(Edit edit, SiteRef from, boolean keep, double weight) {}

  /** The cell edits; none if something is wrong, which is then reported. */
  List<CellEdit> of(
      Copy copy, Slices.Selected selected, SourceCells.Source source, CellContext cell) {
    SiteRef from = copy.from();
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
          new CellEdit(
              copy.edit().span(),
              to,
              new Change.FromCell(source.cell(), at, copy.keep(), copy.weight())));
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
}
