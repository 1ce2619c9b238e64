package org.intervene.plan;

import java.util.List;
import java.util.Optional;
import org.intervene.ast.Expr;
import org.intervene.ast.Selection;
import org.intervene.ast.SiteRef;
import org.intervene.ast.Word;
import org.intervene.check.Diagnostics;
import org.intervene.diagnostic.Span;
import org.intervene.model.ModelFacts;
import org.intervene.plan.PlannedVector.Term;

/** Turns the model-output functions of metrics into reads, for one cell at a time. */
final class ReadPlanner {
  private final ModelFacts facts;
  private final Diagnostics problems;
  private final Slices slices;
  private final Selections selections;
  private final Readout readout;
  private final Prompts prompts;
  private final VectorPlanner vectors;
  private final SourceCells sources;

  ReadPlanner(
      ModelFacts facts,
      Prompts prompts,
      VectorPlanner vectors,
      SourceCells sources,
      Diagnostics problems) {
    this.facts = facts;
    this.prompts = prompts;
    this.vectors = vectors;
    this.sources = sources;
    this.problems = problems;
    this.slices = new Slices(facts, problems);
    this.selections = new Selections(problems);
    this.readout = new Readout(facts, problems);
  }

  /** What a call reads from a cell; empty if something is wrong with it. */
  Optional<Read> plan(Expr.Call call, CellContext cell) {
    return switch (call.function().text()) {
      case "loss" -> loss(call, cell);
      case "norm" -> slice(call.arguments().get(0), cell).map(Read.Norm::new);
      case "dot", "cos" -> alongVector(call, cell);
      case "attention" -> attention(call, cell);
      default ->
          position(call.at(), call.span(), cell.scope()).flatMap(p -> predicted(call, p, cell));
    };
  }

  /** What is read of the model's prediction at a position. */
  private Optional<Read> predicted(Expr.Call call, int position, CellContext cell) {
    List<Expr> arguments = call.arguments();
    return switch (call.function().text()) {
      case "logit" -> token(arguments.get(0), cell).map(t -> new Read.Logit(position, t));
      case "logprob", "prob" ->
          token(arguments.get(0), cell).map(t -> new Read.LogProb(position, t));
      case "rank", "accuracy" -> token(arguments.get(0), cell).map(t -> new Read.Rank(position, t));
      case "top1" -> Optional.of(new Read.Top1(position));
      case "entropy" -> Optional.of(new Read.Entropy(position));
      case "kl", "js" -> divergence(call, position, cell);
      case "lens" -> lens(call, position, cell);
      default -> throw new IllegalStateException("unhandled function " + call.function());
    };
  }

  private Optional<Integer> token(Expr expr, CellContext cell) {
    return prompts.token(expr, Optional.of(cell), cell.scope());
  }

  private Optional<Integer> position(Optional<Selection> at, Span span, Scope scope) {
    if (at.isEmpty()) {
      return readout.position(span, scope);
    }
    return selections.positions(at, scope).flatMap(p -> one(p.indices(), at.get().span()));
  }

  private Optional<Integer> one(int[] positions, Span span) {
    if (positions.length == 1) {
      return Optional.of(positions[0]);
    }
    problems.error(
        "position.not-single",
        span,
        "this is " + positions.length + " positions, and a metric reads one",
        "name one, such as `last` or `subject.last`, or sweep a variable over them");
    return Optional.empty();
  }

  private Optional<Read> loss(Expr.Call call, CellContext cell) {
    if (!facts.causal()) {
      problems.error(
          "metric.loss-encoder",
          call.span(),
          "`loss()` is that of the next token, and an encoder sees the next token",
          "write `-logprob(answer)`, which is read at the mask");
      return Optional.empty();
    }
    if (cell.scope().length() >= 2) {
      return Optional.of(new Read.Loss());
    }
    problems.error(
        "metric.loss-length",
        call.span(),
        "an input of one token predicts nothing that it contains, so it has no loss",
        "use inputs of two tokens or more");
    return Optional.empty();
  }

  private Optional<Read> divergence(Expr.Call call, int position, CellContext cell) {
    Expr.Name name = (Expr.Name) call.arguments().get(0);
    return sources
        .paired(new Word(name.span(), name.name()), cell)
        .flatMap(
            source -> {
              Scope other =
                  cell.scope().over(source.prompt().tokens().length, source.prompt().spans());
              return position(call.at(), call.span(), other)
                  .map(
                      p ->
                          call.function().text().equals("kl")
                              ? new Read.Kl(position, source.cell(), p)
                              : new Read.Js(position, source.cell(), p));
            });
  }

  private Optional<Slice> slice(Expr expr, CellContext cell) {
    SiteRef ref =
        expr instanceof Expr.Slice s
            ? s.site()
            : expr instanceof Expr.Name n
                ? new SiteRef(
                    n.span(),
                    new Word(n.span(), n.name()),
                    List.of(),
                    Optional.empty(),
                    Optional.empty())
                : null;
    if (ref == null) {
      problems.error(
          "site.expected",
          expr.span(),
          "this is not a site",
          "write a site, such as `resid_post[3] @ last`");
      return Optional.empty();
    }
    Optional<Slices.Selected> selected = slices.resolve(ref, cell.scope(), true);
    if (selected.isPresent() && selected.get().slices().size() != 1) {
      problems.error(
          "site.one-layer",
          ref.span(),
          "this selects " + selected.get().slices().size() + " layers, and a metric reads one",
          "name one layer, or sweep a variable over them");
      return Optional.empty();
    }
    return selected.map(s -> s.slices().get(0));
  }

  private Optional<Read> alongVector(Expr.Call call, CellContext cell) {
    Optional<Slice> slice = slice(call.arguments().get(0), cell);
    Optional<Term> term = vectors.single(call.arguments().get(1), cell.scope());
    if (slice.isEmpty() || term.isEmpty()) {
      return Optional.empty();
    }
    int[] positions = slice.get().positions();
    if (positions == null || positions.length != 1) {
      return one(positions == null ? new int[0] : positions, call.span()).map(p -> null);
    }
    int width = slice.get().width(facts);
    int vector = term.get().vector();
    if (width != vectors.width(vector)) {
      problems.error(
          "vector.width",
          call.arguments().get(1).span(),
          "this vector has " + vectors.width(vector) + " elements, the slice " + width,
          "make the vector from the same site");
      return Optional.empty();
    }
    int scaled = vectors.scaled(call.arguments().get(1), term.get());
    return Optional.of(
        call.function().text().equals("dot")
            ? new Read.Dot(slice.get(), scaled)
            : new Read.Cos(slice.get(), scaled));
  }

  private Optional<Read> attention(Expr.Call call, CellContext cell) {
    Scope scope = cell.scope();
    List<Expr> arguments = call.arguments();
    Optional<Integer> layer = selections.index(arguments.get(0), facts.layers(), "layer", scope);
    Optional<Integer> head = selections.index(arguments.get(1), facts.heads(), "head", scope);
    Optional<Integer> to = position(arguments.get(2), scope);
    Optional<Integer> from = position(arguments.get(3), scope);
    return layer.isEmpty() || head.isEmpty() || to.isEmpty() || from.isEmpty()
        ? Optional.empty()
        : Optional.of(new Read.Attention(layer.get(), head.get(), to.get(), from.get()));
  }

  private Optional<Integer> position(Expr expr, Scope scope) {
    Selection selection = new Selection(expr.span(), List.of(new Selection.Pick.One(expr)));
    return position(Optional.of(selection), expr.span(), scope);
  }

  private Optional<Read> lens(Expr.Call call, int position, CellContext cell) {
    Optional<Integer> layer =
        selections.index(call.arguments().get(0), facts.layers(), "layer", cell.scope());
    Optional<Integer> token = token(call.arguments().get(1), cell);
    return layer.isEmpty() || token.isEmpty()
        ? Optional.empty()
        : Optional.of(new Read.Lens(layer.get(), position, token.get()));
  }
}
