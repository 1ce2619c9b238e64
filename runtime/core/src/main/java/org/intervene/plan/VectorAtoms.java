package org.intervene.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.intervene.ast.Expr;
import org.intervene.check.Diagnostics;
import org.intervene.check.Symbols;
import org.intervene.model.ModelFacts;
import org.intervene.plan.PlannedVector.Definition;
import org.intervene.plan.PlannedVector.Source;
import org.intervene.plan.PlannedVector.Term;

/** Vectors that are no sums of others: lists, files, functions, random ones. */
final class VectorAtoms {
  private final VectorPlanner planner;
  private final VectorList list;
  private final VectorSources sources;
  private final VectorFiles files;
  private final ModelFacts facts;
  private final Prompts prompts;
  private final Numbers numbers;
  private final Diagnostics problems;

  VectorAtoms(
      VectorPlanner planner,
      VectorList list,
      VectorSources sources,
      VectorFiles files,
      ModelFacts facts,
      Prompts prompts,
      Diagnostics problems) {
    this.planner = planner;
    this.list = list;
    this.sources = sources;
    this.files = files;
    this.facts = facts;
    this.prompts = prompts;
    this.numbers = new Numbers(problems);
    this.problems = problems;
  }

  /** Plans what is no sum; empty if it is wrong. */
  Optional<Integer> make(Expr expr, Scope scope) {
    if (expr instanceof Expr.Listing elements) {
      return literal(elements, scope);
    } else if (expr instanceof Expr.FileTensor file) {
      return files
          .read(file, problems)
          .map(x -> list.add(expr.span(), x.length, new Definition.Literal(x)));
    } else if (expr instanceof Expr.RandomLike random) {
      return randomLike(random, scope);
    } else if (expr instanceof Expr.Call call) {
      return call(call, scope);
    }
    problems.error(
        "vector.expected",
        expr.span(),
        "this is not a vector",
        "a vector is `mean(SITE over DATA)`, `unembed(TOKEN)`, `random like V seed N`, `file"
            + " \"x.safetensors#name\"`, a list of numbers, or a sum of these");
    return Optional.empty();
  }

  private Optional<Integer> literal(Expr.Listing listing, Scope scope) {
    double[] elements = new double[listing.items().size()];
    for (int i = 0; i < elements.length; i++) {
      Optional<Double> x = numbers.number(listing.items().get(i), scope);
      if (x.isEmpty()) {
        return Optional.empty();
      }
      elements[i] = x.get();
    }
    return Optional.of(list.add(listing.span(), elements.length, new Definition.Literal(elements)));
  }

  private Optional<Integer> randomLike(Expr.RandomLike random, Scope scope) {
    Expr.Name like = new Expr.Name(random.like().span(), random.like().text());
    Optional<Term> other = planner.single(like, scope);
    Optional<Long> seed = numbers.whole(random.seed(), scope, "a seed");
    return other.isEmpty() || seed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            list.add(
                random.span(),
                list.width(other.get().vector()),
                new Definition.RandomLike(other.get().vector(), seed.get())));
  }

  private Optional<Integer> call(Expr.Call call, Scope scope) {
    return switch (call.function().text()) {
      case "mean" ->
          sources.of(call, 0).map(s -> list.add(call.span(), widthOf(s), new Definition.MeanOf(s)));
      case "principal" -> principal(call, scope);
      case "unembed" -> unembed(call, scope);
      case "unit" ->
          call.arguments().size() == 1
              ? planner.single(call.arguments().get(0), scope).map(t -> planner.unit(call, t))
              : malformed(call, "unit(V)");
      default -> unknown(call);
    };
  }

  private Optional<Integer> principal(Expr.Call call, Scope scope) {
    Optional<Long> component =
        call.arguments().size() == 2
            ? numbers.whole(call.arguments().get(0), scope, "the component")
            : Optional.empty();
    return component
        .filter(k -> k >= 1)
        .flatMap(k -> sources.of(call, 1).map(s -> principal(call, k.intValue(), s)))
        .or(() -> malformed(call, "principal(1, SITE over DATA)"));
  }

  private int principal(Expr.Call call, int component, List<Source> sources) {
    return list.add(call.span(), widthOf(sources), new Definition.Principal(component, sources));
  }

  private Optional<Integer> unembed(Expr.Call call, Scope scope) {
    if (!facts.linearLogits()) {
      problems.error(
          "vector.no-direction",
          call.span(),
          "a token has no direction in the stream of `"
              + facts.family()
              + "`: its logits come out of a layer with an activation",
          "take the difference of two means: `mean(SITE over A) - mean(SITE over B)`");
      return Optional.empty();
    }
    return call.arguments().size() == 1
        ? prompts
            .token(call.arguments().get(0), Optional.empty(), scope)
            .map(t -> list.add(call.span(), facts.dModel(), new Definition.Unembedding(t)))
        : malformed(call, "unembed(\" Paris\")");
  }

  private Optional<Integer> unknown(Expr.Call call) {
    problems.error(
        "vector.unknown-function",
        call.function().span(),
        "there is no vector function `" + call.function() + "`",
        Symbols.suggestion(call.function().text(), Set.of("mean", "principal", "unembed", "unit")));
    return Optional.empty();
  }

  private Optional<Integer> malformed(Expr.Call call, String example) {
    problems.error(
        "vector.malformed", call.span(), "this vector is not complete", "write `" + example + "`");
    return Optional.empty();
  }

  private int widthOf(List<Source> sources) {
    return sources.get(0).slice().width(facts);
  }
}
