package org.intervene.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.intervene.ast.DataRef;
import org.intervene.ast.Expr;
import org.intervene.ast.SiteRef;
import org.intervene.ast.ValueClause;
import org.intervene.ast.Word;
import org.intervene.check.Diagnostics;
import org.intervene.check.References;
import org.intervene.check.Symbols;
import org.intervene.data.Dataset;
import org.intervene.diagnostic.Span;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.plan.PlannedVector.Definition;
import org.intervene.plan.PlannedVector.Source;
import org.intervene.plan.PlannedVector.Term;

/** Turns vector expressions into sums of planned vectors. */
final class VectorPlanner {
  private final Symbols symbols;
  private final Diagnostics problems;
  private final ModelFacts facts;
  private final Slices slices;
  private final Numbers numbers;
  private final Prompts prompts;
  private final CellRegister cells;
  private final VectorFiles files;

  private final List<PlannedVector> planned = new ArrayList<>();
  private final Map<String, Optional<List<Term>>> named = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final Map<Expr, Integer> atoms = new HashMap<>();
  private final Map<Object, Integer> derived = new HashMap<>();

  VectorPlanner(
      Symbols symbols,
      ModelFacts facts,
      Prompts prompts,
      CellRegister cells,
      VectorFiles files,
      Diagnostics problems) {
    this.symbols = symbols;
    this.facts = facts;
    this.prompts = prompts;
    this.cells = cells;
    this.files = files;
    this.problems = problems;
    this.slices = new Slices(facts, problems);
    this.numbers = new Numbers(problems);
  }

  List<PlannedVector> planned() {
    return planned;
  }

  int width(int vector) {
    return planned.get(vector).width();
  }

  /** Whether an expression speaks of vectors rather than numbers. */
  boolean isVector(Expr expr) {
    boolean[] found = {false};
    References.walk(
        expr,
        e ->
            found[0] |=
                e instanceof Expr.Listing
                    || e instanceof Expr.FileTensor
                    || e instanceof Expr.RandomLike
                    || e instanceof Expr.Call
                    || (e instanceof Expr.Name n && symbols.vectors().containsKey(n.name())));
    return found[0];
  }

  /** A single vector and the number in front of it; sums become a vector of their own. */
  Optional<Term> single(Expr expr, Scope scope) {
    return linear(expr, scope)
        .flatMap(
            terms -> {
              if (terms.size() == 1) {
                return Optional.of(terms.get(0));
              }
              return sum(expr, terms).map(id -> new Term(id, 1));
            });
  }

  /** A vector that is the term itself, its coefficient included. */
  int scaled(Expr expr, Term term) {
    if (term.coefficient() == 1) {
      return term.vector();
    }
    return sum(expr, List.of(term)).orElseThrow();
  }

  /** The vector scaled to norm one. */
  int unit(Expr expr, Term term) {
    Definition definition = new Definition.Unit(term.vector());
    return derived.computeIfAbsent(
        definition, d -> add(expr.span(), "", width(term.vector()), definition));
  }

  private Optional<Integer> sum(Expr expr, List<Term> terms) {
    int width = width(terms.get(0).vector());
    for (Term term : terms) {
      if (width(term.vector()) != width) {
        problems.error(
            "vector.width",
            expr.span(),
            "vectors of " + width + " and " + width(term.vector()) + " elements cannot be added",
            "use vectors of the same site width");
        return Optional.empty();
      }
    }
    Definition definition = new Definition.Sum(terms);
    return Optional.of(
        derived.computeIfAbsent(definition, d -> add(expr.span(), "", width, definition)));
  }

  /** An expression as coefficients times vectors. */
  private Optional<List<Term>> linear(Expr expr, Scope scope) {
    if (expr instanceof Expr.Unary u && u.operator() == Expr.Operator.SUBTRACT) {
      return linear(u.operand(), scope).map(t -> scaled(t, -1));
    } else if (expr instanceof Expr.Binary b) {
      return binary(b, scope);
    } else if (expr instanceof Expr.Name name) {
      return name(name);
    }
    return atom(expr, scope).map(id -> List.of(new Term(id, 1)));
  }

  private Optional<List<Term>> binary(Expr.Binary b, Scope scope) {
    switch (b.operator()) {
      case ADD, SUBTRACT -> {
        Optional<List<Term>> left = linear(b.left(), scope);
        Optional<List<Term>> right = linear(b.right(), scope);
        double sign = b.operator() == Expr.Operator.ADD ? 1 : -1;
        return left.isEmpty() || right.isEmpty()
            ? Optional.empty()
            : Optional.of(merged(left.get(), scaled(right.get(), sign)));
      }
      case MULTIPLY -> {
        boolean vectorLeft = isVector(b.left());
        if (vectorLeft == isVector(b.right())) {
          return notLinear(b);
        }
        Expr vector = vectorLeft ? b.left() : b.right();
        Expr number = vectorLeft ? b.right() : b.left();
        return numbers
            .number(number, scope)
            .flatMap(c -> linear(vector, scope).map(t -> scaled(t, c)));
      }
      case DIVIDE -> {
        return isVector(b.right())
            ? notLinear(b)
            : numbers
                .number(b.right(), scope)
                .flatMap(c -> linear(b.left(), scope).map(t -> scaled(t, 1 / c)));
      }
      default -> {
        return notLinear(b);
      }
    }
  }

  private Optional<List<Term>> notLinear(Expr expr) {
    problems.error(
        "vector.not-linear",
        expr.span(),
        "this is not a sum of numbers times vectors",
        "write for example `direction * 4` or `a - b`");
    return Optional.empty();
  }

  private static List<Term> scaled(List<Term> terms, double by) {
    return terms.stream().map(t -> new Term(t.vector(), t.coefficient() * by)).toList();
  }

  private static List<Term> merged(List<Term> left, List<Term> right) {
    Map<Integer, Double> sum = new LinkedHashMap<>();
    left.forEach(t -> sum.merge(t.vector(), t.coefficient(), Double::sum));
    right.forEach(t -> sum.merge(t.vector(), t.coefficient(), Double::sum));
    return sum.entrySet().stream().map(e -> new Term(e.getKey(), e.getValue())).toList();
  }

  /** A declared vector; its definition is planned once, where it is first used. */
  private Optional<List<Term>> name(Expr.Name name) {
    Optional<ValueClause> clause = symbols.vector(new Word(name.span(), name.name()), problems);
    if (clause.isEmpty()) {
      return Optional.empty();
    }
    return declared(clause.get());
  }

  /** Plans a declared vector. */
  Optional<List<Term>> declared(ValueClause clause) {
    String name = clause.name().text();
    Optional<List<Term>> known = named.get(name);
    if (known != null) {
      return known;
    }
    if (!open.add(name)) {
      problems.error(
          "vector.cycle",
          clause.name().span(),
          "the vector `" + name + "` is defined by itself",
          "define it from data, a file or another vector");
      return Optional.empty();
    }
    Scope scope = new Scope(Map.of(), symbols.parameters(), 0, (n, s) -> Optional.empty());
    Optional<List<Term>> terms =
        linear(clause.value(), scope)
            .flatMap(
                t ->
                    t.size() == 1 && t.get(0).coefficient() == 1
                        ? Optional.of(t)
                        : sum(clause.value(), t).map(id -> List.of(new Term(id, 1))));
    open.remove(name);
    terms.ifPresent(t -> rename(t.get(0).vector(), name));
    named.put(name, terms);
    return terms;
  }

  private void rename(int id, String name) {
    PlannedVector v = planned.get(id);
    if (v.name().isEmpty()) {
      planned.set(id, new PlannedVector(id, v.span(), name, v.width(), v.definition()));
    }
  }

  private Optional<Integer> atom(Expr expr, Scope scope) {
    Integer known = atoms.get(expr);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Integer> made = make(expr, scope);
    made.ifPresent(id -> atoms.put(expr, id));
    return made;
  }

  private Optional<Integer> make(Expr expr, Scope scope) {
    if (expr instanceof Expr.Listing list) {
      return literal(list, scope);
    } else if (expr instanceof Expr.FileTensor file) {
      return files
          .read(file, problems)
          .map(x -> add(expr.span(), "", x.length, new Definition.Literal(x)));
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

  private Optional<Integer> literal(Expr.Listing list, Scope scope) {
    double[] elements = new double[list.items().size()];
    for (int i = 0; i < elements.length; i++) {
      Optional<Double> x = numbers.number(list.items().get(i), scope);
      if (x.isEmpty()) {
        return Optional.empty();
      }
      elements[i] = x.get();
    }
    return Optional.of(add(list.span(), "", elements.length, new Definition.Literal(elements)));
  }

  private Optional<Integer> randomLike(Expr.RandomLike random, Scope scope) {
    Expr.Name like = new Expr.Name(random.like().span(), random.like().text());
    Optional<Term> other = single(like, scope);
    Optional<Long> seed = numbers.whole(random.seed(), scope, "a seed");
    return other.isEmpty() || seed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            add(
                random.span(),
                "",
                width(other.get().vector()),
                new Definition.RandomLike(other.get().vector(), seed.get())));
  }

  private Optional<Integer> call(Expr.Call call, Scope scope) {
    switch (call.function().text()) {
      case "mean" -> {
        return sources(call, 0)
            .map(s -> add(call.span(), "", widthOf(s), new Definition.MeanOf(s)));
      }
      case "principal" -> {
        Optional<Long> component =
            call.arguments().size() == 2
                ? numbers.whole(call.arguments().get(0), scope, "the component")
                : Optional.empty();
        return component
            .filter(k -> k >= 1)
            .flatMap(
                k ->
                    sources(call, 1)
                        .map(
                            s ->
                                add(
                                    call.span(),
                                    "",
                                    widthOf(s),
                                    new Definition.Principal(k.intValue(), s))))
            .or(() -> malformed(call, "principal(1, SITE over DATA)"));
      }
      case "unembed" -> {
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
                .map(t -> add(call.span(), "", facts.dModel(), new Definition.Unembedding(t)))
            : malformed(call, "unembed(\" Paris\")");
      }
      case "unit" -> {
        return call.arguments().size() == 1
            ? single(call.arguments().get(0), scope).map(t -> unit(call, t))
            : malformed(call, "unit(V)");
      }
      default -> {
        problems.error(
            "vector.unknown-function",
            call.function().span(),
            "there is no vector function `" + call.function() + "`",
            Symbols.suggestion(
                call.function().text(), Set.of("mean", "principal", "unembed", "unit")));
        return Optional.empty();
      }
    }
  }

  private Optional<Integer> malformed(Expr.Call call, String example) {
    problems.error(
        "vector.malformed", call.span(), "this vector is not complete", "write `" + example + "`");
    return Optional.empty();
  }

  /** The cells and slices that {@code SITE over DATA} reads. */
  private Optional<List<Source>> sources(Expr.Call call, int argument) {
    if (call.arguments().size() != argument + 1 || call.over().size() != 1) {
      return malformed(call, call.function() + "(SITE over DATA)").map(i -> List.of());
    }
    Expr.Axes over = call.over().get(0);
    DataRef ref = new DataRef(over.span(), over.name(), over.column());
    Optional<SiteRef> site = siteOf(call.arguments().get(argument));
    Optional<Dataset> data = symbols.dataset(ref.data(), problems);
    Optional<String> column = data.flatMap(d -> prompts.column(d, ref));
    if (site.isEmpty() || column.isEmpty()) {
      if (site.isEmpty()) {
        malformed(call, call.function() + "(resid_post[3] @ last over DATA)");
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

  private int widthOf(List<Source> sources) {
    return sliceWidth(sources.get(0).slice(), facts);
  }

  /** Elements of a slice at one position: its heads or experts times its last axis. */
  static int sliceWidth(Slice slice, ModelFacts facts) {
    Site site = slice.site();
    int last = slice.units() == null ? facts.length(site.last(), 0) : slice.units().length;
    int groups = slice.heads() == null ? facts.groups(site) : slice.heads().length;
    return groups * last;
  }

  private int add(Span span, String name, int width, Definition definition) {
    planned.add(new PlannedVector(planned.size(), span, name, width, definition));
    return planned.size() - 1;
  }
}
