package org.intervene.check;

import org.intervene.ast.DataRef;
import org.intervene.ast.Edit;
import org.intervene.ast.Expr;
import org.intervene.ast.RunClause;
import org.intervene.ast.SiteRef;
import org.intervene.ast.Statement;
import org.intervene.ast.Word;

/** Reports runs, datasets, sites and vectors that a run's statements name and nobody declares. */
final class StatementNames {
  private final Symbols symbols;
  private final SiteCheck sites;
  private final Diagnostics problems;

  StatementNames(Symbols symbols, SiteCheck sites, Diagnostics problems) {
    this.symbols = symbols;
    this.sites = sites;
    this.problems = problems;
  }

  void check(RunClause run) {
    data(run.on());
    for (Statement statement : run.body()) {
      References.sites(statement).forEach(this::site);
      References.source(statement).ifPresent(name -> symbols.run(name, problems));
      if (statement instanceof Edit edit) {
        operands(edit, run);
      }
    }
  }

  private void site(SiteRef ref) {
    sites.site(ref);
  }

  private void operands(Edit edit, RunClause run) {
    if (edit instanceof Edit.Except except) {
      operands(except.edit(), run);
    } else if (edit instanceof Edit.Mean mean) {
      data(mean.over());
    } else if (edit instanceof Edit.Resample resample) {
      data(resample.from());
    }
    for (Expr operand : References.operands(edit)) {
      References.walk(operand, e -> name(e, run));
    }
  }

  private void data(DataRef ref) {
    symbols.dataset(ref.data(), problems);
  }

  private void name(Expr expr, RunClause run) {
    if (!(expr instanceof Expr.Name name)) {
      return;
    }
    boolean known =
        symbols.vectors().containsKey(name.name())
            || symbols.parameters().containsKey(name.name())
            || run.sweeps().stream().anyMatch(s -> s.variable().text().equals(name.name()));
    if (!known) {
      symbols.operand(new Word(name.span(), name.name()), run, problems);
    }
  }
}
