package org.intervene.result;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.intervene.check.SweepKind;
import org.intervene.diagnostic.Unprintable;
import org.intervene.metric.ArrayAxis;
import org.intervene.plan.Plan;
import org.intervene.plan.PlannedRun;
import org.intervene.plan.SweepAxis;

/**
 * How the entries of an axis are shown to people: a position by its number and, where all inputs
 * have the same one there, its token.
 */
public final class AxisLabels {
  private final Plan plan;
  private final IntFunction<String> tokens;

  /**
   * @param tokens how a token id reads, with its leading space
   */
  public AxisLabels(Plan plan, IntFunction<String> tokens) {
    this.plan = plan;
    this.tokens = tokens;
  }

  /**
   * A label for every entry.
   *
   * @param runs names of the runs that the axis was taken from
   */
  public List<String> shown(ArrayAxis axis, Collection<String> runs) {
    for (PlannedRun run : plan.runs()) {
      for (SweepAxis swept : run.axes()) {
        if (runs.contains(run.name())
            && swept.kind() == SweepKind.POSITION
            && ArrayAxis.of(swept).aligns(axis)) {
          return positions(run, swept);
        }
      }
    }
    return axis.labels();
  }

  private List<String> positions(PlannedRun run, SweepAxis axis) {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < axis.size(); i++) {
      double value = axis.values().get(i);
      String label = axis.labels().get(i);
      OptionalInt token = Double.isNaN(value) ? OptionalInt.empty() : shared(run, (int) value);
      shown.add(token.isPresent() ? label + " " + visible(tokens.apply(token.getAsInt())) : label);
    }
    return shown;
  }

  /** The token that every input of a run has at a position. */
  private OptionalInt shared(PlannedRun run, int position) {
    int[] found =
        IntStream.of(run.cells())
            .filter(cell -> cell >= 0)
            .mapToObj(cell -> plan.cells().get(cell).tokens())
            .filter(input -> position < input.length)
            .mapToInt(input -> input[position < 0 ? input.length + position : position])
            .distinct()
            .limit(2)
            .toArray();
    return found.length == 1 ? OptionalInt.of(found[0]) : OptionalInt.empty();
  }

  private static String visible(String token) {
    String bare = token.strip();
    if (bare.isEmpty()) {
      return "\u2423";
    }
    StringBuilder shown = new StringBuilder();
    bare.codePoints()
        .forEach(
            c -> {
              if (c == '\n' || c == '\t') {
                shown.append(c == '\n' ? '\u21b5' : '\u21e5');
              } else {
                shown.appendCodePoint(Unprintable.fits(c) ? c : 0xFFFD);
              }
            });
    return shown.toString();
  }
}
