package org.intervene.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.intervene.model.ModelFacts;
import org.intervene.plan.CellEdit.Change;

/**
 * Takes a selection out of edits.
 *
 * <p>An edit's slice is a box of heads, positions and units. What is left of a box without a
 * smaller one is up to three boxes:
 *
 * <pre>
 *   heads not excluded          x all positions            x all units
 *   heads excluded              x positions not excluded   x all units
 *   heads excluded              x positions excluded       x units not excluded
 * </pre>
 */
final class Exclusion {
  private final ModelFacts facts;
  private final int length;

  Exclusion(ModelFacts facts, int length) {
    this.facts = facts;
    this.length = length;
  }

  List<CellEdit> apply(List<CellEdit> edits, Slices.Selected excluded) {
    List<CellEdit> left = new ArrayList<>();
    for (CellEdit edit : edits) {
      Slice hole =
          excluded.slices().stream()
              .filter(s -> s.site() == edit.slice().site() && s.layer() == edit.slice().layer())
              .findFirst()
              .orElse(null);
      if (hole == null) {
        left.add(edit);
      } else {
        left.addAll(without(edit, hole));
      }
    }
    return left;
  }

  private List<CellEdit> without(CellEdit edit, Slice hole) {
    Box box = box(edit.slice());
    Box gap = box(hole);
    int[] heads = minus(box.heads, gap.heads);
    int[] commonHeads = minus(box.heads, heads);
    int[] positions = minus(box.positions, gap.positions);
    int[] commonPositions = minus(box.positions, positions);
    int[] units = minus(box.units, gap.units);
    List<CellEdit> left = new ArrayList<>();
    add(left, edit, box, new Box(heads, box.positions, box.units));
    add(left, edit, box, new Box(commonHeads, positions, box.units));
    add(left, edit, box, new Box(commonHeads, commonPositions, units));
    return left;
  }

  private record Box(int[] heads, int[] positions, int[] units) {}

  /** The slice with every axis spelled out; an axis that the site lacks has the one index 0. */
  private Box box(Slice s) {
    int heads = facts.groups(s.site());
    int units = s.site().hasSources() ? 1 : facts.length(s.site().last(), length);
    return new Box(
        s.heads() == null ? upTo(heads) : s.heads(),
        s.positions() == null ? upTo(length) : s.positions(),
        s.units() == null ? upTo(units) : s.units());
  }

  private void add(List<CellEdit> left, CellEdit edit, Box whole, Box part) {
    if (part.heads.length == 0 || part.positions.length == 0 || part.units.length == 0) {
      return;
    }
    Slice slice = cut(edit.slice(), whole, part);
    Change change = edit.change();
    if (change instanceof Change.FromCell from) {
      Box sourceWhole = box(from.source());
      Box sourcePart =
          new Box(
              pick(sourceWhole.heads, whole.heads, part.heads),
              pick(sourceWhole.positions, whole.positions, part.positions),
              pick(sourceWhole.units, whole.units, part.units));
      change =
          new Change.FromCell(
              from.cell(), cut(from.source(), sourceWhole, sourcePart), from.keep(), from.weight());
    }
    left.add(new CellEdit(edit.span(), slice, change));
  }

  /** The slice restricted to a part; an axis that is whole stays as it was written. */
  private static Slice cut(Slice s, Box whole, Box part) {
    return new Slice(
        s.site(),
        s.layer(),
        part.positions.length == whole.positions.length ? s.positions() : part.positions,
        s.sources(),
        part.heads.length == whole.heads.length ? s.heads() : part.heads,
        part.units.length == whole.units.length ? s.units() : part.units);
  }

  /** Entries of the source axis that stand where the kept entries stand on the edited axis. */
  private static int[] pick(int[] source, int[] whole, int[] part) {
    return IntStream.of(part).map(p -> source[Arrays.binarySearch(whole, p)]).toArray();
  }

  private static int[] upTo(int n) {
    return IntStream.range(0, n).toArray();
  }

  private static int[] minus(int[] from, int[] what) {
    return IntStream.of(from).filter(i -> Arrays.binarySearch(what, i) < 0).toArray();
  }
}
