package org.intervene.print;

import org.intervene.ast.Expr;
import org.intervene.ast.Expr.Operator;
import org.intervene.ast.Selection;
import org.intervene.ast.Selection.Pick;

/** Selections as documents: after {@code @}, in brackets, or alone. */
final class SelectionDocs {
  private SelectionDocs() {}

  /** After {@code @}: anything longer than one value stands in parentheses or brackets. */
  static Doc pick(Selection selection) {
    if (selection.picks().size() != 1) {
      return bracketed(selection);
    }
    Pick only = selection.picks().get(0);
    if (only instanceof Pick.One one) {
      return tight(one.value());
    } else if (only instanceof Pick.Range range) {
      return Doc.of(tight(range.first()), "..", tight(range.last()));
    }
    return Doc.text("all");
  }

  /** In brackets. */
  static Doc bracketed(Selection selection) {
    return ExprDocs.bracketed(
        "[", selection.picks().stream().map(SelectionDocs::choice).toList(), "]");
  }

  /** Alone, as behind {@code in}. */
  static Doc choice(Selection selection) {
    return selection.picks().size() == 1 ? choice(selection.picks().get(0)) : bracketed(selection);
  }

  static Doc choice(Pick pick) {
    if (pick instanceof Pick.One one) {
      return index(one.value());
    } else if (pick instanceof Pick.Range range) {
      return Doc.of(index(range.first()), "..", index(range.last()));
    }
    return Doc.text("all");
  }

  /** A value that an index may be; anything else in parentheses. */
  static Doc tight(Expr expr) {
    return isTight(expr) ? ExprDocs.expression(expr) : parenthesised(expr);
  }

  private static Doc index(Expr expr) {
    return isIndex(expr) ? arithmetic(expr, 0) : parenthesised(expr);
  }

  private static Doc parenthesised(Expr expr) {
    return ExprDocs.parenthesised(ExprDocs.expression(expr));
  }

  private static boolean isTight(Expr expr) {
    if (expr instanceof Expr.Unary unary) {
      return unary.operator() == Operator.SUBTRACT && isTight(unary.operand());
    }
    return expr instanceof Expr.Number
        || expr instanceof Expr.Text
        || expr instanceof Expr.Name
        || expr instanceof Expr.Path
        || expr instanceof Expr.Slot;
  }

  private static boolean isIndex(Expr expr) {
    return isTight(expr) || (expr instanceof Expr.Binary binary && isArithmetic(binary));
  }

  private static boolean isArithmetic(Expr.Binary binary) {
    return isSum(binary)
        || binary.operator() == Operator.MULTIPLY
        || binary.operator() == Operator.DIVIDE;
  }

  private static boolean isSum(Expr.Binary binary) {
    return binary.operator() == Operator.ADD || binary.operator() == Operator.SUBTRACT;
  }

  /**
   * Sums and products of tight values.
   *
   * @param level 0 where a sum may stand, 1 for a product, 2 for neither
   */
  private static Doc arithmetic(Expr expr, int level) {
    if (!(expr instanceof Expr.Binary binary) || !isArithmetic(binary)) {
      return tight(expr);
    }
    int own = isSum(binary) ? 0 : 1;
    if (own < level) {
      return parenthesised(expr);
    }
    Doc left = arithmetic(binary.left(), own);
    Doc right = arithmetic(binary.right(), own + 1);
    return Doc.of(left, Doc.LINE, binary.operator().spelled() + " ", right);
  }
}
