package org.intervene.tests.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.intervene.ast.Spec;
import org.intervene.diagnostic.SourceText;
import org.intervene.experiment.Experiment;
import org.intervene.read.Notation;
import org.intervene.read.SpecReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README shows is what happens. {@code -Dgolden.update=true} writes what its command
 * prints now, and fails.
 */
class ReadmeTest {
  private static final Path README = Published.ROOT.resolve("README.md");
  private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w*)\n(.*?)```\n");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(e-?\\d+)?");

  @TempDir Path folder;

  private record Block(String language, String text, int start) {}

  private static List<Block> blocks() {
    Matcher matcher = BLOCK.matcher(Published.text(README));
    List<Block> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2), matcher.start(2)));
    }
    return blocks;
  }

  private static Block spec() {
    return blocks().stream().filter(b -> b.language().equals("ivn")).findFirst().orElseThrow();
  }

  /** The block that starts with the command; its other lines are what the command printed. */
  private static Block session() {
    return blocks().stream().filter(b -> b.text().startsWith("$ ")).findFirst().orElseThrow();
  }

  @Test
  void opensWithTenLines() {
    assertEquals(spec(), blocks().get(0));
    assertEquals(10, spec().text().lines().count());
  }

  @Test
  void itsSpecIsTheOneThatItsCommandRuns() {
    String command = session().text().lines().findFirst().orElseThrow();
    assertEquals("$ ./intervene run specs/subject-tracing.ivn", command);
    Spec published = Experiment.read(Published.ROOT.resolve(command.split(" ")[3])).spec();
    SourceText text = SourceText.of("README.md", spec().text());
    Spec shown =
        SpecReader.read(text, Notation.IVN)
            .spec()
            .orElseThrow(() -> new AssertionError("the README's spec cannot be read"));
    assertEquals(bare(published), bare(shown));
  }

  /** What a spec does, without what it says of itself, what it pins and the default dtype. */
  private static Spec bare(Spec s) {
    return new Spec(
        s.span(),
        s.experiment(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        new org.intervene.ast.ModelClause(
            s.model().span(),
            s.model().source(),
            s.model().dtype().filter(d -> !d.text().equals("float32")),
            s.model().device(),
            s.model().bos()),
        s.values(),
        s.data(),
        s.runs(),
        s.metrics(),
        s.plots(),
        s.expects(),
        Optional.empty());
  }

  @Test
  void itsOutputIsWhatItsCommandPrints() throws IOException, InterruptedException {
    Path spec = Files.writeString(folder.resolve("readme.ivn"), spec().text());
    ShownOutput.of("lock", spec.toString());
    String printed = ShownOutput.of("run", spec.toString());
    Block session = session();
    int first = session.text().indexOf('\n') + 1;
    if (Boolean.getBoolean("golden.update")) {
      String readme = Published.text(README);
      int start = session.start();
      Files.writeString(
          README,
          readme.substring(0, start + first)
              + printed
              + readme.substring(start + session.text().length()));
      fail("README.md was written; read it before you commit it");
    }
    assertSame(session.text().substring(first), printed);
  }

  /** The same words, and the same numbers but for the last digits and for how long it took. */
  private static void assertSame(String shown, String printed) {
    assertEquals(skeleton(shown), skeleton(printed), printed);
    List<Double> wanted = numbers(shown);
    List<Double> found = numbers(printed);
    assertEquals(wanted.size(), found.size());
    for (int i = 0; i < wanted.size(); i++) {
      assertEquals(wanted.get(i), found.get(i), 0.011 * Math.max(1, Math.abs(wanted.get(i))));
    }
  }

  /** Words and their order; shades and the width of numbers follow from the numbers. */
  private static String skeleton(String output) {
    return NUMBER
        .matcher(untimed(output))
        .replaceAll("#")
        .replaceAll("[\u2591\u2592\u2593\u2588]", "")
        .replaceAll("[ ]+", " ");
  }

  private static List<Double> numbers(String output) {
    Stream<Double> numbers =
        NUMBER.matcher(untimed(output)).results().map(m -> Double.parseDouble(m.group()));
    return numbers.toList();
  }

  private static String untimed(String output) {
    return output.replaceAll("cells in [0-9.]+ s", "cells");
  }
}
