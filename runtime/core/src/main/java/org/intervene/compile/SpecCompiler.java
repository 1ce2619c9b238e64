package org.intervene.compile;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intervene.ast.Expr;
import org.intervene.ast.Spec;
import org.intervene.check.Checked;
import org.intervene.check.Checker;
import org.intervene.check.Diagnostics;
import org.intervene.data.DataReader;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.metric.CellValues;
import org.intervene.metric.MetricTables;
import org.intervene.model.ModelFacts;
import org.intervene.model.Tokenizer;
import org.intervene.plan.Plan;
import org.intervene.plan.Planner;

/** Checks a spec against a model's description and plans it. */
public final class SpecCompiler {
  private final ModelFacts facts;
  private final Optional<Tokenizer> tokenizer;
  private final Path folder;
  private final String file;

  /**
   * @param tokenizer absent if the model has none: then inputs have to be token ids
   * @param folder the spec's own, where relative paths start
   * @param file how messages call the spec
   */
  public SpecCompiler(ModelFacts facts, Optional<Tokenizer> tokenizer, Path folder, String file) {
    this.facts = facts;
    this.tokenizer = tokenizer;
    this.folder = folder;
    this.file = file;
  }

  /**
   * Compiles a spec.
   *
   * @param overrides parameters that the command line sets
   * @throws DiagnosticException with everything that is wrong, in the order of the places
   */
  public Compiled compile(Spec spec, Map<String, Expr> overrides) {
    Diagnostics problems = new Diagnostics();
    DataReader reader = new DataReader(facts, tokenizer, folder, spec.values(), overrides);
    Checked checked = new Checker(facts, tokenizer, reader, problems).check(spec, overrides);
    Plan plan = Planner.plan(checked, new VectorsInFiles(folder), problems);
    DataColumns columns = new DataColumns(checked.symbols().data());
    if (!problems.hasErrors()) {
      OutcomeCheck.check(tables(spec, checked, plan, columns), spec, problems);
    }
    List<Diagnostic> found = placed(problems);
    if (problems.hasErrors()) {
      throw new DiagnosticException(DiagnosticException.Kind.SPEC, found);
    }
    return new Compiled(spec, checked, plan, columns, found);
  }

  private static MetricTables tables(Spec spec, Checked checked, Plan plan, DataColumns columns) {
    return new MetricTables(spec, plan, checked.symbols().parameters(), columns, CellValues.none());
  }

  /** Everything found, in the order of the places; what names no file is about the spec. */
  private List<Diagnostic> placed(Diagnostics problems) {
    return problems.sorted().stream()
        .map(d -> d.place().file().isEmpty() ? d.in(file) : d)
        .toList();
  }
}
