package org.intervene.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.intervene.ast.Edit;
import org.intervene.ast.Expr;
import org.intervene.ast.Selection;
import org.intervene.ast.Selection.Pick;
import org.intervene.ast.SiteRef;
import org.intervene.ast.Statement;
import org.intervene.ast.Word;

/** What a statement or an expression refers to, found without knowing what the names mean. */
public final class References {
  private References() {}

  /** Every site that a statement mentions, the edited one first. */
  public static List<SiteRef> sites(Statement statement) {
    List<SiteRef> sites = new ArrayList<>();
    if (statement instanceof Statement.Collect c) {
      sites.add(c.site());
    } else if (statement instanceof Edit.Except e) {
      sites.addAll(sites(e.edit()));
      sites.addAll(e.excluded());
    } else {
      target((Edit) statement).ifPresent(sites::add);
      if (statement instanceof Edit.Patch p) {
        p.source().ifPresent(sites::add);
      }
    }
    return sites;
  }

  /**
   * The site that an edit changes; empty for {@code skip}, which names a part of a block instead.
   */
  public static Optional<SiteRef> target(Edit edit) {
    if (edit instanceof Edit.Zero e) {
      return Optional.of(e.site());
    } else if (edit instanceof Edit.Mean e) {
      return Optional.of(e.site());
    } else if (edit instanceof Edit.Resample e) {
      return Optional.of(e.site());
    } else if (edit instanceof Edit.Patch e) {
      return Optional.of(e.site());
    } else if (edit instanceof Edit.AddRun e) {
      return Optional.of(e.site());
    } else if (edit instanceof Edit.SubtractRun e) {
      return Optional.of(e.site());
    } else if (edit instanceof Edit.Steer e) {
      return Optional.of(e.site());
    } else if (edit instanceof Edit.Scale e) {
      return Optional.of(e.site());
    } else if (edit instanceof Edit.Set e) {
      return Optional.of(e.site());
    } else if (edit instanceof Edit.Noise e) {
      return Optional.of(e.site());
    } else if (edit instanceof Edit.Ablate e) {
      return Optional.of(e.site());
    } else if (edit instanceof Edit.Clamp e) {
      return Optional.of(e.site());
    } else if (edit instanceof Edit.KnockOut e) {
      return Optional.of(e.site());
    } else if (edit instanceof Edit.Freeze e) {
      return Optional.of(e.site());
    } else if (edit instanceof Edit.Except e) {
      return target(e.edit());
    }
    return Optional.empty();
  }

  /** The run whose values a statement reads, if it reads any. */
  public static Optional<Word> source(Statement statement) {
    if (statement instanceof Edit.Patch e) {
      return Optional.of(e.run());
    } else if (statement instanceof Edit.AddRun e) {
      return Optional.of(e.run());
    } else if (statement instanceof Edit.SubtractRun e) {
      return Optional.of(e.run());
    } else if (statement instanceof Edit.Freeze e) {
      return Optional.of(e.run());
    } else if (statement instanceof Edit.Except e) {
      return source(e.edit());
    }
    return Optional.empty();
  }

  /**
   * The numbers and vectors of an edit, which may use sweep variables: coefficients, seeds, bounds.
   */
  public static List<Expr> operands(Statement statement) {
    if (statement instanceof Edit.Resample e) {
      return List.of(e.seed());
    } else if (statement instanceof Edit.Steer e) {
      return List.of(e.by());
    } else if (statement instanceof Edit.Scale e) {
      return List.of(e.by());
    } else if (statement instanceof Edit.Set e) {
      return List.of(e.to());
    } else if (statement instanceof Edit.Noise e) {
      return List.of(e.sigma(), e.seed());
    } else if (statement instanceof Edit.Ablate e) {
      return List.of(e.along());
    } else if (statement instanceof Edit.Clamp e) {
      return List.of(e.low(), e.high());
    } else if (statement instanceof Edit.Except e) {
      return operands(e.edit());
    }
    return List.of();
  }

  /** Visits an expression and all its parts, selections and sites inside it included. */
  public static void walk(Expr expr, Consumer<Expr> visit) {
    visit.accept(expr);
    if (expr instanceof Expr.Listing e) {
      e.items().forEach(i -> walk(i, visit));
    } else if (expr instanceof Expr.Unary e) {
      walk(e.operand(), visit);
    } else if (expr instanceof Expr.Binary e) {
      walk(e.left(), visit);
      walk(e.right(), visit);
    } else if (expr instanceof Expr.If e) {
      walk(e.condition(), visit);
      walk(e.yes(), visit);
      walk(e.no(), visit);
    } else if (expr instanceof Expr.Call e) {
      e.arguments().forEach(a -> walk(a, visit));
      e.at().ifPresent(s -> walk(s, visit));
    } else if (expr instanceof Expr.At e) {
      walk(e.target(), visit);
    } else if (expr instanceof Expr.Slice e) {
      walk(e.site(), visit);
    }
  }

  /** Visits every expression in a selection. */
  public static void walk(Selection selection, Consumer<Expr> visit) {
    for (Pick pick : selection.picks()) {
      if (pick instanceof Pick.One one) {
        walk(one.value(), visit);
      } else if (pick instanceof Pick.Range range) {
        walk(range.first(), visit);
        walk(range.last(), visit);
      }
    }
  }

  /** Visits every expression in a site's brackets and positions. */
  public static void walk(SiteRef site, Consumer<Expr> visit) {
    site.axes().forEach(a -> walk(a.selection(), visit));
    site.at().ifPresent(s -> walk(s, visit));
    site.from().ifPresent(s -> walk(s, visit));
  }
}
