package org.intervene.check;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.intervene.ast.Expr;
import org.intervene.ast.Sweep;
import org.intervene.ast.Word;

/** Reports names in metrics, plots and expectations that mean nothing anywhere in the spec. */
final class MetricNames {
  private final Symbols symbols;
  private final Diagnostics problems;

  MetricNames(Symbols symbols, Diagnostics problems) {
    this.symbols = symbols;
    this.problems = problems;
  }

  void check(Expr expr) {
    if (expr instanceof Expr.Name name) {
      name(name);
    } else if (expr instanceof Expr.Path path) {
      path(path);
    } else if (expr instanceof Expr.Call call) {
      call(call);
    } else if (expr instanceof Expr.Unary e) {
      check(e.operand());
    } else if (expr instanceof Expr.Binary e) {
      check(e.left());
      check(e.right());
    } else if (expr instanceof Expr.If e) {
      check(e.condition());
      check(e.yes());
      check(e.no());
    } else if (expr instanceof Expr.At e) {
      check(e.target());
    } else if (expr instanceof Expr.Listing e) {
      e.items().forEach(this::check);
    }
  }

  private void name(Expr.Name name) {
    Set<String> known = new LinkedHashSet<>(symbols.metrics().keySet());
    symbols.data().values().forEach(d -> known.addAll(d.columns()));
    symbols
        .runs()
        .values()
        .forEach(r -> r.sweeps().stream().map(Sweep::variable).map(Word::text).forEach(known::add));
    known.addAll(symbols.parameters().keySet());
    if (!known.contains(name.name()) && !name.name().equals("last")) {
      problems.error(
          "name.unknown",
          name.span(),
          "nothing is called `" + name.name() + "`",
          Symbols.suggestion(name.name(), known),
          "a metric may name metrics, data columns, sweep variables and parameters");
    }
  }

  private void path(Expr.Path path) {
    if (path.parts().size() != 2) {
      problems.error(
          "metric.path",
          path.span(),
          "this is not `RUN.METRIC`",
          "write the run, a dot and the metric, such as `clean.ld`");
      return;
    }
    Word metric = path.parts().get(1);
    if (symbols.run(path.parts().get(0), problems).isPresent()
        && !symbols.metrics().containsKey(metric.text())) {
      problems.error(
          "metric.unknown",
          metric.span(),
          "there is no metric called `" + metric + "`",
          Symbols.suggestion(metric.text(), symbols.metrics().keySet()));
    }
  }

  private void call(Expr.Call call) {
    String function = call.function().text();
    Optional<String> usage = AtomFunctions.usage(function);
    if (usage.isEmpty()) {
      call.arguments().forEach(this::check);
      return;
    }
    if (call.arguments().size() != AtomFunctions.arity(function)) {
      problems.error(
          "metric.arity",
          call.span(),
          "`"
              + function
              + "` takes "
              + AtomFunctions.arity(function)
              + " arguments, not "
              + call.arguments().size(),
          "write `" + usage.get() + "`");
      return;
    }
    if (AtomFunctions.comparesRuns(function)) {
      run(call);
    } else if (function.equals("cos") || function.equals("dot")) {
      References.walk(
          call.arguments().get(1),
          e -> {
            if (e instanceof Expr.Name n) {
              symbols.vector(new Word(n.span(), n.name()), problems);
            }
          });
    } else if (AtomFunctions.tokenArgument(function) >= 0) {
      check(call.arguments().get(AtomFunctions.tokenArgument(function)));
    }
  }

  private void run(Expr.Call call) {
    if (call.arguments().get(0) instanceof Expr.Name name) {
      symbols.run(new Word(name.span(), name.name()), problems);
    } else {
      problems.error(
          "run.unknown",
          call.arguments().get(0).span(),
          "`" + call.function() + "` compares with a run, and this is not one",
          "write `" + call.function() + "(clean)`");
    }
  }
}
