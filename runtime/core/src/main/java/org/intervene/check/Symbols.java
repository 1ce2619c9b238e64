package org.intervene.check;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.intervene.ast.Expr;
import org.intervene.ast.MetricClause;
import org.intervene.ast.RunClause;
import org.intervene.ast.Spec;
import org.intervene.ast.ValueClause;
import org.intervene.ast.Word;
import org.intervene.data.Dataset;
import org.intervene.diagnostic.Suggestions;

/**
 * Everything in a spec that has a name.
 *
 * @param parameters with the values that the command line put in their place
 * @param data datasets that could be read
 * @param declaredData names of all datasets, those included that could not be read
 */
public record Symbols(
    Map<String, Expr> parameters,
    Map<String, ValueClause> vectors,
    Map<String, ValueClause> tokens,
    Map<String, Dataset> data,
    Set<String> declaredData,
    Map<String, RunClause> runs,
    Map<String, MetricClause> metrics) {

  /** Collects the names of a spec; a name that is declared twice is an error. */
  static Symbols of(
      Spec spec, Map<String, Expr> overrides, Map<String, Dataset> data, Diagnostics problems) {
    Map<String, Expr> parameters = new LinkedHashMap<>();
    Map<String, ValueClause> vectors = new LinkedHashMap<>();
    Map<String, ValueClause> tokens = new LinkedHashMap<>();
    for (ValueClause value : spec.values()) {
      boolean known =
          parameters.containsKey(value.name().text())
              || vectors.containsKey(value.name().text())
              || tokens.containsKey(value.name().text());
      if (known) {
        duplicate("value", value.name(), problems);
      }
      switch (value.kind()) {
        case PARAM ->
            parameters.put(
                value.name().text(), overrides.getOrDefault(value.name().text(), value.value()));
        case VECTOR -> vectors.put(value.name().text(), value);
        case TOKENS -> tokens.put(value.name().text(), value);
        default ->
            problems.error(
                "feature.unsupported",
                value.span(),
                "`" + value.kind().name().toLowerCase(Locale.ROOT) + "` values cannot be used yet",
                "use a `vector`");
      }
    }
    Map<String, RunClause> runs = new LinkedHashMap<>();
    for (RunClause run : spec.runs()) {
      if (runs.putIfAbsent(run.name().text(), run) != null) {
        duplicate("run", run.name(), problems);
      }
    }
    Map<String, MetricClause> metrics = new LinkedHashMap<>();
    for (MetricClause metric : spec.metrics()) {
      if (metrics.putIfAbsent(metric.name().text(), metric) != null) {
        duplicate("metric", metric.name(), problems);
      }
    }
    Set<String> declared = new LinkedHashSet<>();
    spec.data().forEach(d -> declared.add(d.name().text()));
    return new Symbols(parameters, vectors, tokens, data, declared, runs, metrics);
  }

  static void duplicate(String what, Word name, Diagnostics problems) {
    problems.error(
        "name.duplicate",
        name.span(),
        "there are two " + what + "s called `" + name + "`",
        "give one of them another name");
  }

  /** The run of that name; an error if there is none. */
  public Optional<RunClause> run(Word name, Diagnostics problems) {
    return look(runs, name, "run", problems);
  }

  /**
   * The dataset of that name; an error if none is declared. One that could not be read is no second
   * error.
   */
  public Optional<Dataset> dataset(Word name, Diagnostics problems) {
    return data.containsKey(name.text()) || !declaredData.contains(name.text())
        ? look(data, name, "dataset", problems)
        : Optional.empty();
  }

  /** The vector of that name; an error if there is none. */
  public Optional<ValueClause> vector(Word name, Diagnostics problems) {
    return look(vectors, name, "vector", problems);
  }

  /** Reports a name that is no vector, parameter or sweep variable of a run. */
  void operand(Word name, RunClause run, Diagnostics problems) {
    Set<String> known = new LinkedHashSet<>(vectors.keySet());
    known.addAll(parameters.keySet());
    run.sweeps().forEach(s -> known.add(s.variable().text()));
    problems.error(
        "name.unknown",
        name.span(),
        "nothing here is called `" + name + "`",
        suggestion(name.text(), known),
        "an edit may name vectors, parameters and sweep variables of its run");
  }

  private static <T> Optional<T> look(
      Map<String, T> known, Word name, String what, Diagnostics problems) {
    T found = known.get(name.text());
    if (found == null) {
      problems.error(
          what + ".unknown",
          name.span(),
          "there is no " + what + " called `" + name + "`",
          suggestion(name.text(), known.keySet()));
    }
    return Optional.ofNullable(found);
  }

  /** "did you mean" or the list of what there is. */
  public static String suggestion(String name, Set<String> known) {
    return Suggestions.nearest(name, known)
        .map(near -> "did you mean `" + near + "`?")
        .orElse(
            known.isEmpty()
                ? "none is declared in this spec"
                : "known here: `" + String.join("`, `", known) + "`");
  }
}
