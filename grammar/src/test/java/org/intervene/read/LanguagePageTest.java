package org.intervene.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intervene.ast.Spec;
import org.intervene.diagnostic.SourceText;
import org.junit.jupiter.api.Test;

/** Every example of the language's page is read; neighbours in two notations mean the same. */
class LanguagePageTest {
  private static final Path PAGE = Path.of("../docs/language.md");

  /** A fenced block of the page. */
  private record Block(String language, String text, int start, int end) {}

  private static List<Block> blocks() throws IOException {
    String page = Files.readString(PAGE);
    Matcher fence = Pattern.compile("(?m)^```(\\w+)\\n([\\s\\S]*?)^```\\n").matcher(page);
    List<Block> blocks = new ArrayList<>();
    while (fence.find()) {
      blocks.add(new Block(fence.group(1), fence.group(2), fence.start(), fence.end()));
    }
    return blocks;
  }

  @Test
  void neighboursMeanTheSame() throws IOException {
    List<Block> blocks = blocks();
    int pairs = 0;
    for (int i = 0; i + 1 < blocks.size(); i++) {
      Block dsl = blocks.get(i);
      Block yaml = blocks.get(i + 1);
      if (dsl.end == yaml.start && dsl.language.equals("ivn")) {
        assertEquals(read(Notation.IVN, dsl.text), read(Notation.YAML, yaml.text), dsl.text);
        pairs++;
      }
    }
    assertTrue(pairs >= 8, () -> "the page has few pairs");
    long dsl = blocks.stream().filter(block -> block.language.equals("ivn")).count();
    assertEquals(dsl, pairs, "an example stands alone");
  }

  @Test
  void statementsAndExpressionsAreRead() throws IOException {
    List<String> statements = lines("statements");
    List<String> expressions = lines("expressions");
    assertFalse(statements.isEmpty() || expressions.isEmpty());
    String body = statements.stream().map(s -> "  " + s + "\n").collect(Collectors.joining());
    assertEquals(
        statements.size(),
        read(Notation.IVN, "run q on d.x {\n" + body + "}\n").runs().get(0).body().size());
    for (int i = 0; i < expressions.size(); i++) {
      read(Notation.IVN, "metric m" + i + " = " + expressions.get(i));
    }
  }

  private static List<String> lines(String language) throws IOException {
    return blocks().stream()
        .filter(block -> block.language.equals(language))
        .flatMap(block -> block.text.lines())
        .toList();
  }

  /** Reads an example after giving it the clauses that it leaves out. */
  private static Spec read(Notation notation, String text) {
    boolean dsl = notation == Notation.IVN;
    String whole =
        text
            + Stream.of("experiment", "model", dsl ? "run" : "runs")
                .filter(clause -> !Pattern.compile("(?m)^" + clause + "\\b").matcher(text).find())
                .map(clause -> notation.example(clause.equals("runs") ? "run" : clause) + "\n")
                .collect(Collectors.joining("", "\n", ""));
    Reading reading = SpecReader.read(SourceText.of("page", whole), notation);
    return reading
        .spec()
        .orElseThrow(() -> new AssertionError(reading.diagnostics() + "\n" + whole));
  }
}
