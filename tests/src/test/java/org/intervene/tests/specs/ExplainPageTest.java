package org.intervene.tests.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code docs/explain.md} shows is what the command prints. {@code -Dgolden.update=true}
 * writes what it prints now, and fails.
 */
class ExplainPageTest {
  private static final Path PAGE = Published.ROOT.resolve("docs/explain.md");
  private static final String COMMAND = "$ ./intervene explain specs/subject-tracing.ivn\n";
  private static final Path SPEC = Published.ROOT.resolve("specs/subject-tracing.ivn");

  @TempDir Path folder;

  @Test
  void itsOutputIsWhatItsCommandPrints() throws IOException, InterruptedException {
    String page = Published.text(PAGE);
    int start = page.indexOf(COMMAND) + COMMAND.length();
    int end = page.indexOf("```", start);
    String printed = output("explain", SPEC.toString());
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, page.substring(0, start) + printed + page.substring(end));
      fail("docs/explain.md was written; read it before you commit it");
    }
    assertEquals(page.substring(start, end), printed);
  }

  @Test
  void everyKeyIsOnThePage() throws IOException, InterruptedException {
    String page = Published.text(PAGE);
    for (String line : output("explain", "--json", "--analyze", SPEC.toString()).lines().toList()) {
      JsonNode event = new ObjectMapper().readTree(line);
      event.fieldNames().forEachRemaining(key -> assertTrue(page.contains("`" + key + "`"), key));
    }
  }

  /** A model that has a config alone is enough: its inputs have to be token ids. */
  @Test
  void needsNoWeights() throws IOException, InterruptedException {
    Path model = Files.createDirectory(folder.resolve("bare"));
    Path fixture = Path.of("src/test/resources/conformance/gpt2-plain");
    Files.copy(fixture.resolve("config.json"), model.resolve("config.json"));
    Path spec = folder.resolve("bare.ivn");
    Files.writeString(
        spec,
        """
        experiment "bare"
        model "bare"
        data d rows { a [1, 2, 3] answer 4 }
        run plain on d.a
        run cut on d.a for layer in all { zero z[layer] @ last }
        metric l = logit(answer)
        """);
    String printed = output("explain", spec.toString());
    assertTrue(printed.contains("drop-dead-cells"), printed);
  }

  private String output(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.intervene.cli.Main");
    command.addAll(List.of(arguments));
    Path errors = folder.resolve("errors");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().keySet().removeAll(List.of("COLUMNS", "TERM", "COLORTERM"));
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed + Published.text(errors));
    return printed;
  }
}
