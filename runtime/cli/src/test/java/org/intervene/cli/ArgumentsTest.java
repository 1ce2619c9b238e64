package org.intervene.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.intervene.ast.Expr;
import org.intervene.diagnostic.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  private static Expr text(String text) {
    return new Expr.Text(Span.NONE, text);
  }

  @Test
  void valuesAreWhatASpecWouldMean() {
    assertEquals(new Expr.Number(Span.NONE, 4), Overrides.value("4"));
    assertEquals(
        new Expr.Unary(Span.NONE, Expr.Operator.SUBTRACT, new Expr.Number(Span.NONE, 2.5)),
        Overrides.value("-2.5"));
    assertEquals(text("Paris"), Overrides.value("Paris"));
    assertEquals(text(" Paris"), Overrides.value(" Paris"));
    assertEquals(text(" Paris"), Overrides.value("\" Paris\""));
    assertEquals(text("The Tower is"), Overrides.value("The Tower is"));
    assertEquals(
        new Expr.Listing(
            Span.NONE, List.of(new Expr.Number(Span.NONE, 1), new Expr.Number(Span.NONE, 2))),
        Overrides.value("[1, 2]"));
  }

  @Test
  void aValueBringsNoClauses() {
    String sly = "4\nrun x on facts.clean";
    assertEquals(text(sly), Overrides.value(sly));
  }

  @Test
  void sizes() {
    assertEquals(512L << 20, ByteSize.parse("512M"));
    assertEquals(6L << 30, ByteSize.parse("6GiB"));
    assertEquals(3L << 29, ByteSize.parse("1.5gb"));
    assertEquals(4096, ByteSize.parse("4096"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "999, 999 bytes",
    "1000, 1.00 kB",
    "8123456, 8.12 MB",
    "538090408, 538 MB",
    "999999999, 1.00 GB",
    "4321000000000000, 4321 TB"
  })
  void sizesReadAsHubsWriteThem(long bytes, String shown) {
    assertEquals(shown, ByteSize.shown(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G", "-1G", "much", "NaN", "1e300T"})
  void whatIsNoSize(String text) {
    assertThrows(NumberFormatException.class, () -> ByteSize.parse(text));
  }
}
