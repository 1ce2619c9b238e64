package org.intervene.metric;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.intervene.ast.Expr;

/** The runs that an expression names. */
final class NamedRuns {
  private final Set<String> runs = new LinkedHashSet<>();

  private NamedRuns() {}

  /** Names before the dot of every {@code RUN.metric}, in written order. */
  static List<String> in(Expr expr) {
    NamedRuns found = new NamedRuns();
    found.visit(expr);
    return List.copyOf(found.runs);
  }

  private void visit(Expr expr) {
    if (expr instanceof Expr.Path path) {
      runs.add(path.parts().get(0).text());
    } else if (expr instanceof Expr.Unary unary) {
      visit(unary.operand());
    } else if (expr instanceof Expr.Binary binary) {
      visit(binary.left());
      visit(binary.right());
    } else if (expr instanceof Expr.If choice) {
      visit(choice.condition());
      visit(choice.yes());
      visit(choice.no());
    } else if (expr instanceof Expr.Call call) {
      call.arguments().forEach(this::visit);
    } else if (expr instanceof Expr.At at) {
      visit(at.target());
    }
  }
}
