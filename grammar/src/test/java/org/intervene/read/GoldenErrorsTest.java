package org.intervene.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Renderer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder below {@code read} holds a broken {@code spec.ivn} or {@code spec.yaml} (or both,
 * with an expectation each) and what is said about it. {@code -Dgolden.update=true} writes what is
 * said now, and still fails.
 */
class GoldenErrorsTest {
  private static final Path CASES = Path.of("src/test/resources/read");

  /** Ids that no file in a folder can show: they are about how a file is named or stored. */
  private static final Set<String> ELSEWHERE =
      Set.of(Ids.EXTENSION, Ids.TOO_LARGE, Ids.UNREADABLE, Ids.TOO_MANY);

  @TestFactory
  Stream<DynamicTest> says() throws IOException {
    return specs().stream()
        .map(spec -> DynamicTest.dynamicTest(CASES.relativize(spec).toString(), () -> check(spec)));
  }

  private static void check(Path spec) throws IOException {
    Reading reading = SpecReader.read(spec);
    assertFalse(reading.diagnostics().isEmpty(), "nothing is wrong with this spec");
    assertTrue(reading.spec().isEmpty());
    assertEquals(reading.diagnostics().stream().sorted().toList(), reading.diagnostics());
    String said = Renderer.plain(reading.source()).render(inFolder(spec, reading)) + "\n";
    said = said.replace(spec.toString(), spec.getFileName().toString());
    Path expected = expected(spec);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, said);
      fail("wrote " + expected);
    }
    assertEquals(Files.readString(expected), said);
  }

  private static List<Diagnostic> inFolder(Path spec, Reading reading) {
    return reading.diagnostics().stream().map(d -> d.in(spec.toString())).toList();
  }

  private static Path expected(Path spec) throws IOException {
    boolean both =
        Files.exists(spec.resolveSibling("spec.ivn"))
            && Files.exists(spec.resolveSibling("spec.yaml"));
    String name = spec.getFileName().toString();
    return spec.resolveSibling(
        both && name.endsWith("yaml") ? "expected-yaml.txt" : "expected.txt");
  }

  @Test
  void everyIdHasAFailingSpec() throws IOException {
    Set<String> shown = new TreeSet<>(ELSEWHERE);
    for (Path spec : specs()) {
      SpecReader.read(spec).diagnostics().forEach(diagnostic -> shown.add(diagnostic.id()));
    }
    assertEquals(new TreeSet<>(Ids.all()), shown);
  }

  private static List<Path> specs() throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("spec."))
          .sorted()
          .toList();
    }
  }
}
