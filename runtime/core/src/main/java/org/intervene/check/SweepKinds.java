package org.intervene.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.intervene.ast.Edit;
import org.intervene.ast.Expr;
import org.intervene.ast.RunClause;
import org.intervene.ast.Selection;
import org.intervene.ast.Selection.Pick;
import org.intervene.ast.SiteRef;
import org.intervene.ast.Statement;
import org.intervene.model.Axis;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;

/** Finds out what a sweep variable counts from where it is used. */
public final class SweepKinds {
  private final String variable;
  private final ModelFacts facts;
  private final Set<SweepKind> kinds = new LinkedHashSet<>();
  private int headCount = Integer.MAX_VALUE;
  private int unitCount = Integer.MAX_VALUE;

  private SweepKinds(String variable, ModelFacts facts) {
    this.variable = variable;
    this.facts = facts;
  }

  /**
   * How a variable is used.
   *
   * @param kinds every meaning that its uses give it; empty if it is not used
   * @param heads how many values {@code all} means for heads
   * @param units how many values {@code all} means for units
   */
  public record Use(Set<SweepKind> kinds, int heads, int units) {
    /** What its values are: an index of some kind where any use says so. */
    public SweepKind kind() {
      return kinds.stream().filter(k -> k != SweepKind.NUMBER).findFirst().orElse(SweepKind.NUMBER);
    }

    /**
     * How many values {@code all} means; empty if its uses do not tell, or if it depends on the
     * example.
     */
    public Optional<Integer> count(ModelFacts facts) {
      return switch (kind()) {
        case LAYER -> Optional.of(facts.layers());
        case HEAD -> Optional.of(heads);
        case EXPERT -> Optional.of(facts.length(Axis.EXPERT, 0));
        case UNIT -> Optional.of(units);
        case POSITION, NUMBER -> Optional.empty();
      };
    }
  }

  /** Looks at a run's statements and at the metrics that may be evaluated in it. */
  public static Use of(String variable, RunClause run, List<Expr> metrics, ModelFacts facts) {
    SweepKinds search = new SweepKinds(variable, facts);
    for (Statement statement : run.body()) {
      References.sites(statement).forEach(search::site);
      References.operands(statement).forEach(search::expression);
      if (statement instanceof Edit.Skip skip) {
        search.use(skip.layers(), SweepKind.LAYER);
      }
    }
    metrics.forEach(search::expression);
    return new Use(search.kinds, search.headCount, search.unitCount);
  }

  private void site(SiteRef ref) {
    Optional<Site> site = SiteNames.find(ref.name().text()).map(SiteNames.Named::site);
    for (SiteRef.AxisRef axis : ref.axes()) {
      String name = axis.name().map(Object::toString).orElse("layer");
      switch (name) {
        case "layer" -> use(axis.selection(), SweepKind.LAYER);
        case "head" -> {
          if (use(axis.selection(), SweepKind.HEAD)) {
            headCount = Math.min(headCount, site.map(facts::groups).orElse(facts.heads()));
          }
        }
        case "expert" -> use(axis.selection(), SweepKind.EXPERT);
        case "unit" -> {
          if (use(axis.selection(), SweepKind.UNIT) && site.isPresent()) {
            unitCount = Math.min(unitCount, facts.length(site.get().last(), 0));
          }
        }
        default -> use(axis.selection(), SweepKind.NUMBER);
      }
    }
    ref.at().ifPresent(s -> use(s, SweepKind.POSITION));
    ref.from().ifPresent(s -> use(s, SweepKind.POSITION));
  }

  private void expression(Expr expr) {
    if (expr instanceof Expr.Name name) {
      if (name.name().equals(variable)) {
        kinds.add(SweepKind.NUMBER);
      }
    } else if (expr instanceof Expr.Call call) {
      call(call);
    } else if (expr instanceof Expr.Slice slice) {
      site(slice.site());
    } else if (expr instanceof Expr.Unary e) {
      expression(e.operand());
    } else if (expr instanceof Expr.Binary e) {
      expression(e.left());
      expression(e.right());
    } else if (expr instanceof Expr.If e) {
      expression(e.condition());
      expression(e.yes());
      expression(e.no());
    } else if (expr instanceof Expr.At e) {
      expression(e.target());
    } else if (expr instanceof Expr.Listing e) {
      e.items().forEach(this::expression);
    }
  }

  private void call(Expr.Call call) {
    List<SweepKind> indices =
        switch (call.function().text()) {
          case "lens" -> List.of(SweepKind.LAYER);
          case "attention" ->
              List.of(SweepKind.LAYER, SweepKind.HEAD, SweepKind.POSITION, SweepKind.POSITION);
          default -> List.of();
        };
    for (int i = 0; i < call.arguments().size(); i++) {
      if (i >= indices.size()) {
        expression(call.arguments().get(i));
      } else if (mentions(call.arguments().get(i))) {
        kinds.add(indices.get(i));
        if (indices.get(i) == SweepKind.HEAD) {
          headCount = Math.min(headCount, facts.heads());
        }
      }
    }
    call.at().ifPresent(s -> use(s, SweepKind.POSITION));
  }

  private boolean use(Selection selection, SweepKind kind) {
    boolean used = false;
    for (Pick pick : selection.picks()) {
      if (pick instanceof Pick.One one) {
        used |= mentions(one.value());
      } else if (pick instanceof Pick.Range range) {
        used |= mentions(range.first()) || mentions(range.last());
      }
    }
    if (used) {
      kinds.add(kind);
    }
    return used;
  }

  private boolean mentions(Expr expr) {
    boolean[] found = {false};
    References.walk(expr, e -> found[0] |= e instanceof Expr.Name n && n.name().equals(variable));
    return found[0];
  }
}
