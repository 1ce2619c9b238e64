package org.intervene.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.intervene.ast.Expr;
import org.intervene.ast.MetricClause;
import org.intervene.ast.RunClause;
import org.intervene.ast.Sweep;
import org.intervene.data.Dataset;

/**
 * Which metrics each run has: those whose columns its data has, whose sweep variables it sweeps,
 * and whose other runs are over the same data. A metric that no run has is an error that says why
 * for each run.
 */
public final class MetricScopes {
  private final Symbols symbols;
  private final Diagnostics problems;
  private final Map<String, Map<String, Optional<String>>> known = new HashMap<>();
  private final Map<String, List<String>> lists = new HashMap<>();
  private final Map<String, Set<String>> variables = new HashMap<>();
  private final Set<Key> open = new LinkedHashSet<>();
  private final Set<String> circular = new LinkedHashSet<>();

  /** What of a run decides which metrics it has: runs that are alike share the answers. */
  private record Kind(String data, Set<String> variables) {}

  private record Key(String run, String metric) {
    @Override
    public String toString() {
      return run + "." + metric;
    }
  }

  public MetricScopes(Symbols symbols, Diagnostics problems) {
    this.symbols = symbols;
    this.problems = problems;
    Map<Kind, Map<String, Optional<String>>> byKind = new HashMap<>();
    for (RunClause run : symbols.runs().values()) {
      String name = run.name().text();
      variables.put(
          name, run.sweeps().stream().map(s -> s.variable().text()).collect(Collectors.toSet()));
      Kind kind = new Kind(run.on().data().text(), variables.get(name));
      known.put(name, byKind.computeIfAbsent(kind, k -> new HashMap<>()));
    }
  }

  /** Names of the metrics that a run has, in written order. */
  public List<String> of(RunClause run) {
    List<String> known = lists.get(run.name().text());
    if (known == null) {
      known = found(run);
      lists.put(run.name().text(), known);
    }
    return known;
  }

  private List<String> found(RunClause run) {
    List<String> has = new ArrayList<>();
    for (MetricClause metric : symbols.metrics().values()) {
      if (whyNot(metric, run).isEmpty()) {
        has.add(metric.name().text());
      }
    }
    return List.copyOf(has);
  }

  /** Reports names that mean nothing anywhere, and metrics that no run has. */
  void check() {
    symbols.metrics().values().forEach(m -> new MetricNames(symbols, problems).check(m.value()));
    if (problems.hasErrors()) {
      return;
    }
    for (MetricClause metric : symbols.metrics().values()) {
      List<String> reasons = new ArrayList<>();
      for (RunClause run : symbols.runs().values()) {
        Optional<String> why = whyNot(metric, run);
        if (why.isEmpty()) {
          reasons.clear();
          break;
        }
        if (circular.contains(metric.name().text())) {
          return;
        }
        reasons.add("not in `" + run.name() + "`: " + why.get());
      }
      if (!reasons.isEmpty()) {
        problems.error(
            "metric.no-run",
            metric.name().span(),
            "no run can have the metric `" + metric.name() + "`",
            reasons.toArray(String[]::new));
      }
    }
  }

  /** Why a run cannot have a metric; empty if it has it. */
  public Optional<String> whyNot(MetricClause metric, RunClause run) {
    Map<String, Optional<String>> ofRun = known.get(run.name().text());
    Optional<String> answer = ofRun.get(metric.name().text());
    if (answer == null) {
      Key key = new Key(run.name().text(), metric.name().text());
      if (!open.add(key)) {
        reportCircle(metric, key);
        return Optional.of("it is defined by itself");
      }
      answer = new Reasons(run).of(metric.value(), false);
      open.remove(key);
      ofRun.put(metric.name().text(), answer);
    }
    return answer;
  }

  private void reportCircle(MetricClause metric, Key key) {
    open.forEach(k -> circular.add(k.metric()));
    List<Key> path = new ArrayList<>(open);
    path = path.subList(path.indexOf(key), path.size());
    problems.error(
        "metric.cycle",
        metric.name().span(),
        "metrics are defined by each other in a circle: "
            + path.stream().map(Key::toString).collect(Collectors.joining(" -> "))
            + " -> "
            + key,
        "define one of them from the model's outputs alone");
  }

  /** Looks for the first thing in an expression that a run does not have. */
  private final class Reasons {
    private final RunClause run;
    private final Optional<Dataset> data;

    Reasons(RunClause run) {
      this.run = run;
      this.data = Optional.ofNullable(symbols.data().get(run.on().data().text()));
    }

    /**
     * @param reduced whether the expression stands inside a reduction, where other runs need not be
     *     pairs
     */
    Optional<String> of(Expr expr, boolean reduced) {
      if (expr instanceof Expr.Name name) {
        return name(name);
      } else if (expr instanceof Expr.Path path) {
        return path(path, reduced);
      } else if (expr instanceof Expr.Call call) {
        return call(call, reduced);
      } else if (expr instanceof Expr.Unary e) {
        return of(e.operand(), reduced);
      } else if (expr instanceof Expr.Binary e) {
        return of(e.left(), reduced).or(() -> of(e.right(), reduced));
      } else if (expr instanceof Expr.If e) {
        return of(e.condition(), reduced)
            .or(() -> of(e.yes(), reduced))
            .or(() -> of(e.no(), reduced));
      } else if (expr instanceof Expr.At e) {
        return of(e.target(), true);
      }
      return Optional.empty();
    }

    private Optional<String> name(Expr.Name name) {
      MetricClause metric = symbols.metrics().get(name.name());
      if (metric != null) {
        return whyNot(metric, run);
      }
      boolean known =
          sweeps(run, name.name())
              || symbols.parameters().containsKey(name.name())
              || name.name().equals("last")
              || data.map(d -> d.columns().contains(name.name())).orElse(true);
      if (known) {
        return Optional.empty();
      }
      boolean variable = isSwept(name.name());
      return Optional.of(
          variable
              ? "it is not swept over `" + name.name() + "`"
              : "its data has no column `" + name.name() + "`");
    }

    private Optional<String> path(Expr.Path path, boolean reduced) {
      RunClause other = symbols.runs().get(path.parts().get(0).text());
      MetricClause metric = symbols.metrics().get(path.parts().get(1).text());
      if (other == null || metric == null) {
        return Optional.empty();
      }
      Optional<String> why = reduced ? Optional.empty() : unpaired(other);
      return why.isPresent()
          ? why
          : whyNot(metric, other)
              .map(w -> "`" + other.name() + "` has no `" + metric.name() + "`: " + w);
    }

    private Optional<String> unpaired(RunClause other) {
      if (!other.on().data().text().equals(run.on().data().text())) {
        return Optional.of(
            "`"
                + other.name()
                + "` is over other data, so its examples are not pairs"
                + " (`mean("
                + other.name()
                + ".METRIC)` needs no pairs)");
      }
      for (Sweep sweep : other.sweeps()) {
        String variable = sweep.variable().text();
        if (!sweeps(run, variable)) {
          return Optional.of(
              "`" + other.name() + "` is swept over `" + variable + "` and it is not");
        }
      }
      return Optional.empty();
    }

    private Optional<String> call(Expr.Call call, boolean reduced) {
      String function = call.function().text();
      if (!AtomFunctions.contains(function)) {
        boolean inner = reduced || Reductions.contains(function);
        return first(call.arguments(), inner);
      }
      if (AtomFunctions.comparesRuns(function)) {
        return call.arguments().get(0) instanceof Expr.Name name
                && symbols.runs().get(name.name()) != null
            ? unpaired(symbols.runs().get(name.name()))
            : Optional.empty();
      }
      int token = AtomFunctions.tokenArgument(function);
      List<Expr> arguments = new ArrayList<>(call.arguments());
      if (function.equals("cos") || function.equals("dot")) {
        arguments.remove(1);
      }
      return first(arguments, reduced)
          .or(() -> swept(call))
          .or(() -> token < 0 ? Optional.empty() : tokenColumn(call.arguments().get(token)));
    }

    private Optional<String> tokenColumn(Expr expr) {
      return expr instanceof Expr.Name n && sweeps(run, n.name()) && !hasColumn(n.name())
          ? Optional.of("`" + n.name() + "` is a sweep variable, not a token")
          : Optional.empty();
    }

    private boolean hasColumn(String column) {
      return data.map(d -> d.columns().contains(column)).orElse(true);
    }

    /** Sweep variables in positions and site brackets. */
    private Optional<String> swept(Expr.Call call) {
      List<String> missing = new ArrayList<>();
      References.walk(
          call,
          e -> {
            if (e instanceof Expr.Name n
                && !sweeps(run, n.name())
                && isSwept(n.name())
                && !hasColumn(n.name())) {
              missing.add(n.name());
            }
          });
      return missing.stream().findFirst().map(v -> "it is not swept over `" + v + "`");
    }

    private Optional<String> first(List<Expr> arguments, boolean reduced) {
      for (Expr argument : arguments) {
        Optional<String> why = of(argument, reduced);
        if (why.isPresent()) {
          return why;
        }
      }
      return Optional.empty();
    }
  }

  private boolean sweeps(RunClause run, String variable) {
    return variables.get(run.name().text()).contains(variable);
  }

  /** Whether any run sweeps over a variable. */
  private boolean isSwept(String variable) {
    return variables.values().stream().anyMatch(s -> s.contains(variable));
  }
}
