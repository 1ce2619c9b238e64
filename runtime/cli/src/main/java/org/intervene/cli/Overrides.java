package org.intervene.cli;

import org.intervene.ast.Expr;
import org.intervene.ast.Spec;
import org.intervene.diagnostic.SourceText;
import org.intervene.diagnostic.Span;
import org.intervene.read.Notation;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;

/** Values on the command line: {@code --set strength=4}, {@code --set city=Paris}. */
final class Overrides {
  /** A spec that a value can be read in. */
  private static final String SMALLEST =
      """
      experiment "set"
      model "none"
      data d rows { text "x" }
      run r on d.text
      """;

  private Overrides() {}

  /**
   * A number, list or quoted text is what a spec means by it; anything else is a text as it stands,
   * since a shell takes quotes away.
   */
  static Expr value(String text) {
    String spec = SMALLEST + "param value = " + text + "\n";
    Reading reading = SpecReader.read(SourceText.of("--set", spec), Notation.IVN);
    Expr plain = new Expr.Text(Span.NONE, text);
    return reading
        .spec()
        .filter(Overrides::onlyParameter)
        .map(s -> s.values().get(0).value())
        .filter(value -> !(value instanceof Expr.Name || value instanceof Expr.Path))
        .orElse(plain);
  }

  /** Whether the text was one value and brought no clause of its own. */
  private static boolean onlyParameter(Spec spec) {
    return spec.values().size() == 1
        && spec.data().size() == 1
        && spec.runs().size() == 1
        && spec.metrics().isEmpty()
        && spec.plots().isEmpty()
        && spec.expects().isEmpty()
        && spec.golden().isEmpty()
        && spec.about().isEmpty();
  }
}
