package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.intervene.ast.Comments;
import org.intervene.ast.Spec;
import org.intervene.compile.SpecCompiler;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Renderer;
import org.intervene.diagnostic.SourceText;
import org.intervene.model.ModelFacts;
import org.intervene.model.directory.ModelDirectory;
import org.intervene.print.Printer;
import org.intervene.read.Notation;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every directory under {@code errors} holds a spec that is wrong and what is said about it. {@code
 * -Dgolden.update=true} writes the expectations anew and fails that run.
 */
class SpecErrorsTest {
  private static final Path CASES = Path.of("src/test/resources/errors");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  @TestFactory
  Stream<DynamicTest> saysWhatIsWrong() throws IOException {
    return cases().stream()
        .map(c -> DynamicTest.dynamicTest(c.getFileName().toString(), () -> check(c)));
  }

  private static List<Path> cases() throws IOException {
    try (Stream<Path> all = Files.list(CASES)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static void check(Path directory) throws IOException {
    Path spec = directory.resolve("spec.ivn");
    SourceText source = SourceText.of("spec.ivn", Files.readString(spec));
    Reading reading = SpecReader.read(source, Notation.IVN);
    List<Diagnostic> problems = problems(reading, directory);
    golden(directory.resolve("expected.txt"), Renderer.plain(source).render(problems));
    if (reading.spec().isPresent()) {
      sameInYaml(reading, problems, directory);
    }
  }

  /** The same spec in YAML has the same problems, elsewhere in the file. */
  private static void sameInYaml(Reading reading, List<Diagnostic> problems, Path directory) {
    String yaml = Printer.yaml(reading.spec().orElseThrow(), Comments.none());
    Reading again = SpecReader.read(SourceText.of("spec.yaml", yaml), Notation.YAML);
    assertEquals(described(problems), described(problems(again, directory)), yaml);
  }

  private static List<String> described(List<Diagnostic> problems) {
    return problems.stream().map(d -> d.id() + " " + d.message()).sorted().toList();
  }

  private static List<Diagnostic> problems(Reading reading, Path folder) {
    if (reading.spec().isEmpty()) {
      return reading.diagnostics();
    }
    try {
      Spec spec = reading.spec().get();
      new SpecCompiler(facts(spec), Optional.empty(), folder, "spec.ivn").compile(spec, Map.of());
    } catch (DiagnosticException e) {
      assertEquals(DiagnosticException.Kind.SPEC, e.kind());
      return e.diagnostics();
    }
    return fail("nothing was found wrong with " + folder);
  }

  /** Those of the conformance fixture that the spec names. */
  private static ModelFacts facts(Spec spec) {
    String fixture = spec.model().source().text();
    return ModelDirectory.describe(Bench.CONFORMANCE.resolve(fixture)).architecture().facts();
  }

  private static void golden(Path file, String seen) throws IOException {
    if (UPDATE) {
      Files.writeString(file, seen);
      fail("wrote " + file);
    }
    assertEquals(Files.readString(file), seen);
  }

  /** A case is named after the id that it is about, unless it is about several. */
  @Test
  void casesShowTheirId() throws IOException {
    for (Path directory : cases()) {
      String name = directory.getFileName().toString();
      if (name.contains(".")) {
        String text = Files.readString(directory.resolve("expected.txt"));
        assertTrue(text.contains("error[" + name + "]"), name + " does not occur in\n" + text);
      }
    }
  }

  /** Every id that a check can give stands in the list of errors. */
  @Test
  void idsAreDocumented() throws IOException {
    String documented = Files.readString(Path.of("../docs/errors.md"));
    List<String> missing = new ArrayList<>();
    for (Path directory : cases()) {
      for (String id : new TreeSet<>(ids(directory))) {
        if (!documented.contains("### `" + id + "`")) {
          missing.add(id);
        }
      }
    }
    assertEquals(List.of(), missing.stream().distinct().toList());
  }

  private static List<String> ids(Path directory) throws IOException {
    return Files.readString(directory.resolve("expected.txt"))
        .lines()
        .filter(l -> l.startsWith("error["))
        .map(l -> l.substring(6, l.indexOf(']')))
        .toList();
  }
}
