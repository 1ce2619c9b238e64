package org.intervene.print;

import java.util.Map;
import org.intervene.ast.Comments;
import org.intervene.ast.Expr;
import org.intervene.ast.SiteRef;
import org.intervene.ast.Spec;
import org.intervene.ast.Statement;

/** Prints a spec, or part of one for a message or a label. */
public final class Printer {
  /** Columns that a line should not exceed; a long text or name still does. */
  static final int WIDTH = 100;

  private Printer() {}

  /** The whole spec in the DSL. */
  public static String dsl(Spec spec, Comments comments) {
    return new DslPrinter(comments).print(spec);
  }

  /** The whole spec in YAML. */
  public static String yaml(Spec spec, Comments comments) {
    return new YamlEmitter(comments).print(new YamlPrinter().document(spec), spec);
  }

  /**
   * What the YAML notation says as a tree of maps, lists, texts and numbers; the sweeps of a run
   * are a list of names and values. Equal specs have equal trees, and other specs have others.
   */
  public static Map<String, Object> tree(Spec spec) {
    return SpecTree.of(spec);
  }

  /** An expression on one line, as both notations write it. */
  public static String line(Expr expression) {
    return ExprDocs.expression(expression).flat();
  }

  /** A statement on one line. */
  public static String line(Statement statement) {
    return StatementDocs.statement(statement).flat();
  }

  /** A site on one line. */
  public static String line(SiteRef site) {
    return ExprDocs.site(site).flat();
  }
}
