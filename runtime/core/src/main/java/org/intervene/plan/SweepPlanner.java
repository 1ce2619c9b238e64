package org.intervene.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.intervene.ast.Expr;
import org.intervene.ast.Selection.Pick;
import org.intervene.ast.Sweep;
import org.intervene.check.Diagnostics;
import org.intervene.check.SweepKind;
import org.intervene.check.SweepKinds;
import org.intervene.model.ModelFacts;

/** Turns the sweep of a run into axes with a value for each point. */
final class SweepPlanner {
  private static final int MOST_VALUES = 1_000_000;
  private final ModelFacts facts;
  private final Diagnostics problems;
  private final Numbers numbers;

  SweepPlanner(ModelFacts facts, Diagnostics problems) {
    this.facts = facts;
    this.problems = problems;
    this.numbers = new Numbers(problems);
  }

  /**
   * An axis and what the variable stands for at each of its points.
   *
   * @param values numbers, or positions such as {@code last} that each input resolves for itself
   * @param ragged whether the axis is {@code all} positions, of which shorter inputs have fewer
   */
  record Planned(SweepAxis axis, List<Expr> values, boolean ragged) {}

  /**
   * Plans one axis.
   *
   * @param longest tokens of the longest input: what {@code all} means for positions
   */
  Optional<Planned> plan(Sweep sweep, SweepKinds.Use use, int longest, Scope scope) {
    if (use.kinds().isEmpty()) {
      problems.error(
          "sweep.unused",
          sweep.variable().span(),
          "the sweep variable `" + sweep.variable() + "` is not used in this run or its metrics",
          "use it where an index or a number stands, or remove it");
      return Optional.empty();
    }
    List<Expr> values = new ArrayList<>();
    for (Pick pick : sweep.values().picks()) {
      if (!expand(sweep, pick, use, longest, scope, values)) {
        return Optional.empty();
      }
    }
    List<String> labels = values.stream().map(SweepPlanner::label).toList();
    List<Double> numeric =
        values.stream().map(v -> v instanceof Expr.Number n ? n.value() : Double.NaN).toList();
    if (labels.stream().distinct().count() != labels.size()) {
      problems.error(
          "sweep.duplicate-value",
          sweep.values().span(),
          "a value of `" + sweep.variable() + "` is listed twice",
          "list each value once");
      return Optional.empty();
    }
    SweepAxis axis = new SweepAxis(sweep.variable().text(), use.kind(), labels, numeric);
    boolean all = sweep.values().picks().stream().anyMatch(p -> p instanceof Pick.All);
    return Optional.of(new Planned(axis, values, all && use.kind() == SweepKind.POSITION));
  }

  private boolean expand(
      Sweep sweep, Pick pick, SweepKinds.Use use, int longest, Scope scope, List<Expr> values) {
    if (pick instanceof Pick.All all) {
      Optional<Integer> count =
          use.kind() == SweepKind.POSITION ? Optional.of(longest) : use.count(facts);
      if (count.isEmpty()) {
        problems.error(
            "sweep.all",
            all.span(),
            "`all` says nothing for `" + sweep.variable() + "`, which is used as a plain number",
            "list the values, such as [-2, -1, 0, 1, 2]");
        return false;
      }
      for (int i = 0; i < count.get(); i++) {
        values.add(new Expr.Number(all.span(), i));
      }
      return true;
    } else if (pick instanceof Pick.Range range) {
      return range(range, scope, values);
    }
    return one(((Pick.One) pick).value(), use, scope, values);
  }

  private boolean range(Pick.Range range, Scope scope, List<Expr> values) {
    Optional<Long> first = numbers.whole(range.first(), scope, "the start of a range");
    Optional<Long> last = numbers.whole(range.last(), scope, "the end of a range");
    if (first.isEmpty() || last.isEmpty()) {
      return false;
    }
    String shown = "the range " + first.get() + ".." + last.get();
    if (first.get() > last.get()) {
      problems.error(
          "range.empty",
          range.span(),
          shown + " selects nothing",
          "write the smaller end first; both ends are included");
      return false;
    } else if (last.get() - first.get() >= MOST_VALUES) {
      problems.error(
          "range.too-long",
          range.span(),
          shown + " selects more than a million values",
          "sweep over fewer, such as a list of some of them");
      return false;
    }
    for (long i = first.get(); i <= last.get(); i++) {
      values.add(new Expr.Number(range.span(), i));
    }
    return true;
  }

  private boolean one(Expr value, SweepKinds.Use use, Scope scope, List<Expr> values) {
    if (value instanceof Expr.Name name
        && scope.lookup(name.name()).orElse(null) instanceof Expr.Listing list) {
      return list.items().stream().allMatch(item -> one(item, use, scope, values));
    }
    boolean position =
        use.kind() == SweepKind.POSITION
            && (value instanceof Expr.Path
                || value instanceof Expr.Slot
                || (value instanceof Expr.Name n && scope.lookup(n.name()).isEmpty()));
    if (position) {
      values.add(value);
      return true;
    }
    Optional<Double> x = numbers.number(value, scope);
    x.ifPresent(v -> values.add(new Expr.Number(value.span(), v)));
    return x.isPresent();
  }

  private static String label(Expr value) {
    if (value instanceof Expr.Number n) {
      return Numbers.shown(n.value());
    } else if (value instanceof Expr.Path p) {
      return String.join(".", p.parts().stream().map(Object::toString).toList());
    } else if (value instanceof Expr.Slot s) {
      return "{" + s.name() + "}";
    }
    return ((Expr.Name) value).name();
  }
}
