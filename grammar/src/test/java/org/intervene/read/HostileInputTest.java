package org.intervene.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.intervene.ast.Comments;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.SourceText;
import org.intervene.generate.RandomSpecs;
import org.intervene.print.Printer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the input, reading ends with a spec or with diagnostics. */
class HostileInputTest {
  private static final String START = "experiment \"x\"\nmodel \"m\"\nrun r on d\n";
  private static final String YAML_START = "experiment: x\nmodel: m\nruns: {r: {on: d}}\n";

  private static final String SIGNS = "{}[]()\"'\\#:,-@<=.\n \t&*!|>%`~0e\u0000é☃";

  @TempDir Path folder;

  private static List<String> ids(String name, String text) {
    return SpecReader.read(SourceText.of(name, text)).diagnostics().stream()
        .map(Diagnostic::id)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(", "[", "- ", "not ", "if a then b else ", "f(", "1 + ", "a[b=", "[[1],"})
  void tenThousandOfAnythingIsTooComplex(String repeated) {
    String expression = repeated.repeat(10_000) + "1";
    assertEquals(List.of(Ids.TOO_COMPLEX), ids("a.ivn", START + "metric m = " + expression));
    String quoted = "metrics:\n  m: '" + expression + "'\n";
    assertEquals(List.of(Ids.TOO_COMPLEX), ids("a.yaml", YAML_START + quoted));
  }

  @Test
  void hugeExpressionsEndEarly() {
    assertEquals(
        List.of(Ids.TOO_COMPLEX), ids("a.ivn", START + "metric m = a" + ".a".repeat(500_000)));
    assertEquals(
        List.of(Ids.TOO_COMPLEX), ids("a.ivn", START + "param m = [" + "1,".repeat(500_000)));
  }

  @Test
  void deepYamlIsTooComplex() {
    assertEquals(List.of(Ids.TOO_COMPLEX), ids("a.yaml", "a: " + "[".repeat(10_000)));
    assertEquals(List.of(Ids.TOO_COMPLEX), ids("a.yaml", "a: " + "{a: ".repeat(10_000)));
    StringBuilder steps = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      steps.append(" ".repeat(i)).append("a:\n");
    }
    assertEquals(List.of(Ids.TOO_COMPLEX), ids("a.yaml", steps.toString()));
  }

  @Test
  void tenMegabytesAreTooLarge() throws IOException {
    for (String name : List.of("a.ivn", "a.yaml")) {
      Path file = folder.resolve(name);
      Files.writeString(file, "# " + "x".repeat(10_000_000));
      Diagnostic only = SpecReader.read(file).diagnostics().get(0);
      assertEquals(Ids.TOO_LARGE, only.id());
      assertTrue(only.message().contains("9.5 MiB"), only.message());
      assertEquals(List.of(Ids.TOO_LARGE), ids(name, "x".repeat(10_000_000)));
    }
  }

  @Test
  void aliasesThatGrowWithoutBoundAreRefused() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 60; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertEquals(List.of(Ids.YAML_ALIAS), ids("a.yaml", laughs.toString()));
    assertEquals(List.of(Ids.YAML_ALIAS), ids("a.yaml", "a: &a [*a]"));
    assertEquals(List.of(Ids.YAML_ALIAS), ids("a.yaml", "a: &a {b: {c: *a}}"));
  }

  @Test
  void manyMistakesAreCutOff() {
    List<String> ids = ids("a.ivn", START + "foo\n".repeat(100_000));
    assertTrue(ids.size() <= 102, () -> String.valueOf(ids.size()));
    StringBuilder unknown = new StringBuilder(YAML_START);
    for (int i = 0; i < 100_000; i++) {
      unknown.append("x").append(i).append(": 1\n");
    }
    List<String> keys = ids("a.yaml", unknown.toString());
    assertTrue(keys.size() <= 102, () -> String.valueOf(keys.size()));
  }

  @Test
  void whatCannotBeReadIsSaid() throws IOException {
    assertEquals(Ids.UNREADABLE, first(folder.resolve("none.ivn")));
    assertEquals(Ids.UNREADABLE, first(folder));
    assertEquals(Ids.EXTENSION, first(Files.writeString(folder.resolve("a.txt"), "")));
    Path utf16 = folder.resolve("b.ivn");
    Files.write(utf16, START.getBytes(StandardCharsets.UTF_16));
    assertEquals(Ids.ENCODING, first(utf16));
  }

  private static String first(Path file) {
    return SpecReader.read(file).diagnostics().get(0).id();
  }

  @Test
  void byteOrderMarksAndEveryLineEndAreFine() {
    for (String end : List.of("\n", "\r\n", "\r")) {
      String dsl = "\uFEFF" + (START + "metric\tm = 1 # c\n").replace("\n", end);
      assertEquals(List.of(), ids("a.ivn", dsl));
      String yaml = "\uFEFF" + (YAML_START + "metrics:\n  m: 1 # c\n").replace("\n", end);
      assertEquals(List.of(), ids("a.yaml", yaml));
    }
  }

  @Test
  void brokenSpecsNeverBreakTheReader() {
    Random random = new Random(7);
    for (int seed = 1; seed <= 150; seed++) {
      var spec = new RandomSpecs(seed).next();
      survives("a.ivn", broken(random, Printer.dsl(spec, Comments.none())));
      survives("a.yaml", broken(random, Printer.yaml(spec, Comments.none())));
    }
  }

  /** Text with pieces cut out, doubled, or replaced by characters that mean something. */
  private static String broken(Random random, String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = random.nextInt(4); i >= 0 && !out.isEmpty(); i--) {
      int from = random.nextInt(out.length());
      int to = Math.min(out.length(), from + random.nextInt(12));
      switch (random.nextInt(4)) {
        case 0 -> out.delete(from, to);
        case 1 -> out.insert(from, out.substring(from, to));
        case 2 -> out.insert(from, SIGNS.charAt(random.nextInt(SIGNS.length())));
        default -> out.setLength(from);
      }
    }
    return out.toString();
  }

  private static void survives(String name, String text) {
    Reading reading = SpecReader.read(SourceText.of(name, text));
    assertEquals(reading.spec().isEmpty(), !reading.diagnostics().isEmpty(), text);
    reading
        .diagnostics()
        .forEach(
            d -> {
              assertTrue(d.place().span().endLine() <= reading.source().lines(), text);
              assertTrue(d.place().span().line() >= 1, d.toString());
            });
  }
}
