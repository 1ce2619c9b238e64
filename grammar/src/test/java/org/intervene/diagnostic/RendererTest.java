package org.intervene.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RendererTest {

  private static String render(String text, int line, int from, int endLine, int to) {
    SourceText source = SourceText.of("a.ivn", text);
    Span span = new Span(line, from, endLine, to);
    return Renderer.plain(source).render(Diagnostic.error("x.y", span, "no").in("a.ivn"));
  }

  private static String render(String line, int from, int to) {
    return render(line, 1, from, 1, to);
  }

  @Test
  void looksLikeTheLanguagePage() {
    String text = "\n".repeat(13) + "      - patch bloks.11.resid_pre @ last from clean";
    SourceText source = SourceText.of("specs/ioi/patch.yaml", text);
    Diagnostic diagnostic =
        Diagnostic.error(
            "site.unknown",
            new Span(14, 15, 14, 33),
            "this model has no site `bloks.11.resid_pre`",
            "did you mean `resid_pre[11]`?");
    assertEquals(
        """
        error[site.unknown] this model has no site `bloks.11.resid_pre`
          --> specs/ioi/patch.yaml:14:15
           |
        14 |       - patch bloks.11.resid_pre @ last from clean
           |               ^^^^^^^^^^^^^^^^^^
        help: did you mean `resid_pre[11]`?""",
        Renderer.plain(source).render(diagnostic.in("specs/ioi/patch.yaml")));
  }

  @Test
  void tabsMoveTheCaret() {
    assertEquals(
        """
        error[x.y] no
         --> a.ivn:1:4
          |
        1 |     a   b
          |         ^""",
        render("\ta\tb", 4, 5));
  }

  @Test
  void wideAndCombiningCharactersKeepTheCaretInPlace() {
    assertEquals(
        """
        error[x.y] no
         --> a.ivn:1:5
          |
        1 | 數據e\u0301 x
          |      ^""",
        render("數據e\u0301 x", 5, 6));
    assertTrue(render("a 數據 b", 3, 5).endsWith("  ^^^^"));
  }

  @Test
  void theEndOfALineHasACaret() {
    assertTrue(render("ab", 3, 3).endsWith("1 | ab\n  |   ^"));
    assertTrue(render("", 1, 1).endsWith("1 |\n  | ^"));
    assertTrue(render("ab   ", 6, 6).endsWith("1 | ab\n  |      ^"));
  }

  @Test
  void severalLinesShowTheFirstAndTheLast() {
    assertEquals(
        """
        error[x.y] no
         --> a.ivn:1:2
          |
        1 | ab
          |  ^
        ...
        3 |   ef
          |   ^""",
        render("ab\ncd\n  ef", 1, 2, 3, 4));
  }

  @Test
  void longLinesAreCutAroundTheMark() {
    String line = "x".repeat(500) + "MARK" + "y".repeat(500);
    String[] lines = render(line, 501, 505).split("\n", -1);
    assertTrue(lines[3].startsWith("1 | …x"), lines[3]);
    assertTrue(lines[3].endsWith("y…"), lines[3]);
    assertTrue(lines[3].length() < 130, lines[3]);
    assertEquals(lines[3].indexOf("MARK"), lines[4].indexOf("^^^^"));
  }

  @Test
  void controlCharactersDoNotReachTheTerminal() {
    assertTrue(render("a\u001B[31mb", 1, 2).contains("1 | a\uFFFD[31mb"));
    Diagnostic diagnostic = Diagnostic.error("x.y", Span.NONE, "bad \u001B[0m").in("a\u0007.ivn");
    assertEquals(
        "error[x.y] bad \uFFFD[0m\n --> a\uFFFD.ivn",
        new Renderer(file -> Optional.empty(), false).render(diagnostic));
  }

  @Test
  void notesAndHelpAndColour() {
    Diagnostic note = Diagnostic.note("control.none", Span.NONE, "no control", "add one", "or two");
    assertEquals(
        "note[control.none] no control\nhelp: add one\nhelp: or two",
        new Renderer(file -> Optional.empty(), false).render(note));
    assertEquals(
        "\u001B[1;36mnote[control.none]\u001B[0m \u001B[1mno control\u001B[0m\n"
            + "\u001B[1;36mhelp:\u001B[0m add one\n\u001B[1;36mhelp:\u001B[0m or two",
        new Renderer(file -> Optional.empty(), true).render(note));
  }

  @Test
  void jsonLinesEscapeEverything() {
    Diagnostic diagnostic =
        Diagnostic.error("x.y", new Span(1, 2, 3, 4), "a \"b\" \\ \n \u0001 😀", "do\tit")
            .in("a.ivn");
    assertEquals(
        "{\"id\":\"x.y\",\"severity\":\"error\",\"file\":\"a.ivn\",\"line\":1,\"column\":2,"
            + "\"endLine\":3,\"endColumn\":4,"
            + "\"message\":\"a \\\"b\\\" \\\\ \\n \\u0001 \\ud83d\\ude00\",\"help\":[\"do\\tit\"]}\n",
        JsonLines.of(List.of(diagnostic)));
    assertEquals(
        "{\"id\":\"x.y\",\"severity\":\"note\",\"file\":\"\",\"message\":\"m\",\"help\":[]}",
        JsonLines.of(Diagnostic.note("x.y", Span.NONE, "m")));
  }
}
