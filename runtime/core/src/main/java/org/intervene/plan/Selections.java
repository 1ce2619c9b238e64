package org.intervene.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.intervene.ast.Expr;
import org.intervene.ast.Selection;
import org.intervene.ast.Selection.Pick;
import org.intervene.check.Diagnostics;

/** Turns selections into ascending indices, checked against what there is. */
final class Selections {
  private final Diagnostics problems;
  private final Numbers numbers;

  Selections(Diagnostics problems) {
    this.problems = problems;
    this.numbers = new Numbers(problems);
  }

  /**
   * Positions of one input.
   *
   * @param indices ascending
   * @param fromStart whether any of them was counted from the start of the input ({@code all} or a
   *     plain index), so that it means the same place in another input only if that has the same
   *     length
   */
  record Positions(int[] indices, boolean fromStart) {}

  /** Indices on an axis that is not the position axis. */
  Optional<int[]> indices(Selection selection, int length, String axis, Scope scope) {
    TreeSet<Integer> found = new TreeSet<>();
    for (Pick pick : selection.picks()) {
      Optional<int[]> part = indices(pick, length, axis, scope);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      IntStream.of(part.get()).forEach(found::add);
    }
    return Optional.of(found.stream().mapToInt(i -> i).toArray());
  }

  private Optional<int[]> indices(Pick pick, int length, String axis, Scope scope) {
    if (pick instanceof Pick.All) {
      return Optional.of(IntStream.range(0, length).toArray());
    } else if (pick instanceof Pick.Range range) {
      Optional<Integer> first = index(range.first(), length, axis, scope);
      Optional<Integer> last = index(range.last(), length, axis, scope);
      return first.isEmpty() || last.isEmpty()
          ? Optional.empty()
          : ordered(range, first.get(), last.get());
    }
    Expr value = ((Pick.One) pick).value();
    Optional<int[]> listed = listed(value, scope, e -> index(e, length, axis, scope));
    return listed.isPresent() ? listed : index(value, length, axis, scope).map(i -> new int[] {i});
  }

  /** A parameter that holds a list selects each of its items. */
  private Optional<int[]> listed(
      Expr value, Scope scope, java.util.function.Function<Expr, Optional<Integer>> one) {
    if (!(value instanceof Expr.Name name)
        || !(scope.lookup(name.name()).orElse(null) instanceof Expr.Listing list)) {
      return Optional.empty();
    }
    List<Integer> found = new ArrayList<>();
    list.items().forEach(item -> one.apply(item).ifPresent(found::add));
    return Optional.of(found.stream().mapToInt(i -> i).toArray());
  }

  private Optional<int[]> ordered(Pick.Range range, int first, int last) {
    if (first > last) {
      problems.error(
          "range.empty",
          range.span(),
          "the range " + first + ".." + last + " runs backwards and selects nothing",
          "write " + last + ".." + first + "; both ends are included");
      return Optional.empty();
    }
    return Optional.of(IntStream.rangeClosed(first, last).toArray());
  }

  /** One index; a plain negative number counts from the end. */
  Optional<Integer> index(Expr expr, int length, String axis, Scope scope) {
    if (expr instanceof Expr.Name name
        && name.name().equals("last")
        && scope.lookup("last").isEmpty()) {
      return Optional.of(length - 1);
    }
    return numbers.whole(expr, scope, axis + " index").flatMap(i -> inRange(expr, i, length, axis));
  }

  private Optional<Integer> inRange(Expr expr, long index, int length, String axis) {
    boolean plain = !(expr instanceof Expr.Binary);
    long resolved = index < 0 && plain ? length + index : index;
    if (resolved >= 0 && resolved < length) {
      return Optional.of((int) resolved);
    }
    problems.error(
        axis + ".out-of-range",
        expr.span(),
        "there is no " + axis + " " + index + ": there are " + length,
        "use 0 to " + (length - 1) + (plain ? ", or -1 to -" + length + " from the end" : ""));
    return Optional.empty();
  }

  /** Positions of the scope's input; no selection means all. */
  Optional<Positions> positions(Optional<Selection> selection, Scope scope) {
    if (selection.isEmpty()) {
      return Optional.of(new Positions(IntStream.range(0, scope.length()).toArray(), true));
    }
    TreeSet<Integer> found = new TreeSet<>();
    boolean fromStart = false;
    for (Pick pick : selection.get().picks()) {
      Optional<Positions> part = positions(pick, scope);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      IntStream.of(part.get().indices()).forEach(found::add);
      fromStart |= part.get().fromStart();
    }
    return Optional.of(new Positions(found.stream().mapToInt(i -> i).toArray(), fromStart));
  }

  private Optional<Positions> positions(Pick pick, Scope scope) {
    if (pick instanceof Pick.All) {
      return Optional.of(new Positions(IntStream.range(0, scope.length()).toArray(), true));
    } else if (pick instanceof Pick.Range range) {
      Optional<Positions> first = position(range.first(), scope);
      Optional<Positions> last = position(range.last(), scope);
      if (first.isEmpty() || last.isEmpty()) {
        return Optional.empty();
      }
      int[] from = first.get().indices();
      int[] to = last.get().indices();
      return ordered(range, from[0], to[to.length - 1])
          .map(p -> new Positions(p, first.get().fromStart() || last.get().fromStart()));
    }
    Expr value = ((Pick.One) pick).value();
    Optional<int[]> listed = listed(value, scope, e -> position(e, scope).map(p -> p.indices()[0]));
    return listed.isPresent() ? listed.map(p -> new Positions(p, true)) : position(value, scope);
  }

  /** What an expression says of positions: one, or all those of a named span. */
  private Optional<Positions> position(Expr expr, Scope scope) {
    if (expr instanceof Expr.Name name) {
      Optional<Expr> value = scope.lookup(name.name());
      if (value.isPresent()) {
        return position(value.get(), scope);
      }
      return name.name().equals("last")
          ? Optional.of(relative(scope.length() - 1))
          : scope.spans().apply(name.name(), name.span()).map(p -> new Positions(p, false));
    } else if (expr instanceof Expr.Slot slot) {
      return scope.spans().apply(slot.name(), slot.span()).map(p -> new Positions(p, false));
    } else if (expr instanceof Expr.Path path) {
      return end(path, scope);
    } else if (expr instanceof Expr.Binary sum && isOffset(sum)) {
      return offset(sum, scope);
    }
    return numbers
        .whole(expr, scope, "position")
        .flatMap(
            i ->
                inRange(expr, i, scope.length(), "position")
                    .map(p -> new Positions(new int[] {p}, i >= 0)));
  }

  private static Positions relative(int position) {
    return new Positions(new int[] {position}, false);
  }

  /** {@code subject.last}, {@code subject.first}. */
  private Optional<Positions> end(Expr.Path path, Scope scope) {
    String part = path.parts().get(path.parts().size() - 1).text();
    if (path.parts().size() != 2 || !(part.equals("first") || part.equals("last"))) {
      problems.error(
          "span.unknown-part",
          path.span(),
          "a named span has the parts `first` and `last`, not `" + part + "`",
          "write `" + path.parts().get(0) + ".last`");
      return Optional.empty();
    }
    return scope
        .spans()
        .apply(path.parts().get(0).text(), path.span())
        .map(p -> relative(part.equals("first") ? p[0] : p[p.length - 1]));
  }

  private static boolean isOffset(Expr.Binary sum) {
    return sum.operator() == Expr.Operator.ADD || sum.operator() == Expr.Operator.SUBTRACT;
  }

  /** {@code last - 1}, {@code subject.last + 1}, {@code pos - 19}. */
  private Optional<Positions> offset(Expr.Binary sum, Scope scope) {
    Optional<Positions> from = position(sum.left(), scope);
    Optional<Long> by = numbers.whole(sum.right(), scope, "offset");
    if (from.isEmpty() || by.isEmpty()) {
      return Optional.empty();
    }
    if (from.get().indices().length != 1) {
      problems.error(
          "span.not-single",
          sum.left().span(),
          "this span has " + from.get().indices().length + " tokens; an offset needs one position",
          "use its `.first` or `.last`");
      return Optional.empty();
    }
    long moved =
        from.get().indices()[0] + (sum.operator() == Expr.Operator.ADD ? by.get() : -by.get());
    return inRange(sum, moved, scope.length(), "position")
        .map(p -> new Positions(new int[] {p}, from.get().fromStart()));
  }
}
