package org.intervene.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.intervene.ast.Expr;
import org.intervene.ast.ValueClause;
import org.intervene.ast.Word;
import org.intervene.check.Diagnostics;
import org.intervene.check.References;
import org.intervene.check.Symbols;
import org.intervene.model.ModelFacts;
import org.intervene.plan.PlannedVector.Definition;
import org.intervene.plan.PlannedVector.Term;

/** Turns vector expressions into sums of planned vectors. */
final class VectorPlanner {
  private final Symbols symbols;
  private final Diagnostics problems;
  private final Numbers numbers;
  private final VectorAtoms plain;

  private final VectorList list = new VectorList();
  private final Map<String, Optional<List<Term>>> named = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final Map<Expr, Integer> atoms = new HashMap<>();

  VectorPlanner(
      Symbols symbols,
      ModelFacts facts,
      Prompts prompts,
      CellRegister cells,
      VectorFiles files,
      Diagnostics problems) {
    this.symbols = symbols;
    this.problems = problems;
    this.numbers = new Numbers(problems);
    VectorSources sources = new VectorSources(symbols, facts, prompts, cells, problems);
    this.plain = new VectorAtoms(this, list, sources, files, facts, prompts, problems);
  }

  List<PlannedVector> planned() {
    return list.all();
  }

  int width(int vector) {
    return list.width(vector);
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
    return list.derived(expr.span(), width(term.vector()), definition);
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
    return Optional.of(list.derived(expr.span(), width, definition));
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
    terms.ifPresent(t -> list.rename(t.get(0).vector(), name));
    named.put(name, terms);
    return terms;
  }

  private Optional<Integer> atom(Expr expr, Scope scope) {
    Integer known = atoms.get(expr);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Integer> made = plain.make(expr, scope);
    made.ifPresent(id -> atoms.put(expr, id));
    return made;
  }
}
