package org.intervene.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intervene.ast.DataRef;
import org.intervene.ast.Expr;
import org.intervene.ast.SiteRef;
import org.intervene.ast.Word;
import org.intervene.check.Diagnostics;
import org.intervene.check.Symbols;
import org.intervene.data.Dataset;
import org.intervene.model.ModelFacts;
import org.intervene.plan.PlannedVector.Source;

/** The activations that a vector like {@code mean(SITE over DATA)} is made from. */
final class VectorSources {
  private final Symbols symbols;
  private final Prompts prompts;
  private final CellRegister cells;
  private final Slices slices;
  private final Diagnostics problems;

  VectorSources(
      Symbols symbols,
      ModelFacts facts,
      Prompts prompts,
      CellRegister cells,
      Diagnostics problems) {
    this.symbols = symbols;
    this.prompts = prompts;
    this.cells = cells;
    this.slices = new Slices(facts, problems);
    this.problems = problems;
  }

  /** The cells and slices that {@code SITE over DATA} reads. */
  Optional<List<Source>> of(Expr.Call call, int argument) {
    if (call.arguments().size() != argument + 1 || call.over().size() != 1) {
      return malformed(call, "(SITE over DATA)");
    }
    Expr.Axes over = call.over().get(0);
    DataRef ref = new DataRef(over.span(), over.name(), over.column());
    Optional<SiteRef> site = siteOf(call.arguments().get(argument));
    Optional<Dataset> data = symbols.dataset(ref.data(), problems);
    Optional<String> column = data.flatMap(d -> prompts.column(d, ref));
    if (site.isEmpty() || column.isEmpty()) {
      if (site.isEmpty()) {
        malformed(call, "(resid_post[3] @ last over DATA)");
      }
      return Optional.empty();
    }
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < data.get().examples().size(); i++) {
      Optional<Prompt> prompt = prompts.prompt(data.get(), column.get(), i, call.span());
      Optional<Slice> slice = prompt.flatMap(p -> slice(site.get(), p));
      if (slice.isEmpty()) {
        return Optional.empty();
      }
      sources.add(new Source(cells.unedited(call.span(), prompt.get()), slice.get()));
    }
    return Optional.of(sources);
  }

  private static Optional<SiteRef> siteOf(Expr expr) {
    if (expr instanceof Expr.Slice slice) {
      return Optional.of(slice.site());
    } else if (expr instanceof Expr.Name name) {
      Word word = new Word(name.span(), name.name());
      return Optional.of(
          new SiteRef(name.span(), word, List.of(), Optional.empty(), Optional.empty()));
    }
    return Optional.empty();
  }

  private Optional<Slice> slice(SiteRef site, Prompt prompt) {
    Scope scope = new Scope(Map.of(), symbols.parameters(), prompt.tokens().length, prompt.spans());
    Optional<Slices.Selected> selected = slices.resolve(site, scope, false);
    if (selected.isPresent()
        && (selected.get().slices().size() != 1
            || selected.get().slices().get(0).site().hasSources())) {
      problems.error(
          "vector.one-layer",
          site.span(),
          "a vector is made from one layer of one site without source positions",
          "name one layer, such as `resid_post[3] @ last`");
      return Optional.empty();
    }
    return selected.map(s -> s.slices().get(0));
  }

  private Optional<List<Source>> malformed(Expr.Call call, String rest) {
    problems.error(
        "vector.malformed",
        call.span(),
        "this vector is not complete",
        "write `" + call.function() + rest + "`");
    return Optional.empty();
  }
}
