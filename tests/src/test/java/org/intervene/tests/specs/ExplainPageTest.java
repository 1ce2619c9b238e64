package org.intervene.tests.specs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/explain.md} shows is what the command prints. */
class ExplainPageTest {
  private static final Path PAGE = Published.ROOT.resolve("docs/explain.md");
  private static final Path SPEC = Published.ROOT.resolve("specs/subject-tracing.ivn");

  @TempDir Path folder;

  @Test
  void itsOutputIsWhatItsCommandPrints() throws IOException, InterruptedException {
    ShownOutput.isCurrent(PAGE, "explain specs/subject-tracing.ivn");
  }

  @Test
  void everyKeyIsOnThePage() throws IOException, InterruptedException {
    String page = Published.text(PAGE);
    for (String line :
        ShownOutput.of("explain", "--json", "--analyze", SPEC.toString()).lines().toList()) {
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
    String printed = ShownOutput.of("explain", spec.toString());
    assertTrue(printed.contains("drop-dead-cells"), printed);
  }
}
