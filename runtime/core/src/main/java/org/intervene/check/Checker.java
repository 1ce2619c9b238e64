package org.intervene.check;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.intervene.ast.DataClause;
import org.intervene.ast.Expr;
import org.intervene.ast.RunClause;
import org.intervene.ast.Spec;
import org.intervene.ast.Statement;
import org.intervene.ast.Sweep;
import org.intervene.ast.ValueClause;
import org.intervene.data.DataReader;
import org.intervene.data.Dataset;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Span;
import org.intervene.model.ModelFacts;
import org.intervene.model.Tokenizer;

/** Checks the names of a spec against each other and against the model's description. */
public final class Checker {
  private final ModelFacts facts;
  private final Optional<Tokenizer> tokenizer;
  private final DataReader reader;
  private final Diagnostics problems;

  /**
   * @param reader reads datasets with the model's tokenizer, relative to the spec's folder
   */
  public Checker(
      ModelFacts facts, Optional<Tokenizer> tokenizer, DataReader reader, Diagnostics problems) {
    this.facts = facts;
    this.tokenizer = tokenizer;
    this.reader = reader;
    this.problems = problems;
  }

  /**
   * Checks a spec; what it returns is only sound if no problem was reported.
   *
   * @param overrides parameters that the command line sets
   */
  public Checked check(Spec spec, Map<String, Expr> overrides) {
    checkOverrides(spec, overrides);
    Symbols symbols = Symbols.of(spec, overrides, datasets(spec), problems);
    StatementNames names = new StatementNames(symbols, new SiteCheck(facts, problems), problems);
    for (RunClause run : spec.runs()) {
      names.check(run);
      checkVariables(run);
      checkCollects(run);
    }
    List<RunClause> order = RunOrder.of(symbols.runs(), problems);
    MetricScopes metrics = new MetricScopes(symbols, problems);
    metrics.check();
    new OutcomeNames(symbols, metrics, problems).check(spec);
    return new Checked(spec, facts, tokenizer, reader, symbols, order, metrics);
  }

  private void checkOverrides(Spec spec, Map<String, Expr> overrides) {
    Set<String> declared = new HashSet<>();
    for (ValueClause value : spec.values()) {
      if (value.kind() == ValueClause.Kind.PARAM) {
        declared.add(value.name().text());
      }
    }
    for (String name : overrides.keySet()) {
      if (!declared.contains(name)) {
        problems.add(
            Diagnostic.error(
                "param.unknown",
                Span.NONE,
                "--set " + name + ": this spec declares no parameter `" + name + "`",
                Symbols.suggestion(name, declared)));
      }
    }
  }

  private Map<String, Dataset> datasets(Spec spec) {
    Map<String, Dataset> data = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (DataClause clause : spec.data()) {
      if (!seen.add(clause.name().text())) {
        Symbols.duplicate("dataset", clause.name(), problems);
        continue;
      }
      reader.read(clause, problems::add).ifPresent(d -> data.put(clause.name().text(), d));
    }
    return data;
  }

  private void checkVariables(RunClause run) {
    Set<String> seen = new HashSet<>();
    for (Sweep sweep : run.sweeps()) {
      String name = sweep.variable().text();
      if (!seen.add(name)) {
        Symbols.duplicate("sweep variable", sweep.variable(), problems);
      }
      if (Set.of("example", "run", "metric", "value", "last", "all").contains(name)) {
        problems.error(
            "sweep.reserved",
            sweep.variable().span(),
            "`" + name + "` means something else and cannot be a sweep variable",
            "give the variable another name");
      }
    }
  }

  private void checkCollects(RunClause run) {
    Set<String> seen = new HashSet<>();
    for (Statement statement : run.body()) {
      if (statement instanceof Statement.Collect c && !seen.add(c.name().text())) {
        Symbols.duplicate("collected value", c.name(), problems);
      }
    }
  }
}
