package org.intervene.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.model.directory.ModelDirectory;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/models.md} says what the fixtures show. {@code -Dgolden.update=true} writes it anew
 * and fails that run. Differences are rounding and vary between machines: the page's own are what
 * one run measured, and any other run's have to stay below the limits that it names.
 */
class ModelsPageTest {
  private static final Path PAGE = Path.of("../docs/models.md");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");
  private static final double FLOAT64 = 1e-9;
  private static final double FLOAT32 = 1e-4;

  /** One case: everything but the numbers, then the numbers. */
  private record Line(String name, String settings, double float64, double float32) {
    String text(boolean measured) {
      String numbers =
          measured ? String.format(Locale.ROOT, "%.0e | %.0e", float64, float32) : "· | ·";
      return "| `%s` | %s | %s |".formatted(name, settings, numbers);
    }
  }

  @Test
  void saysWhatTheFixturesShow() throws IOException {
    TorchRuntime.start().threads(1);
    Map<String, List<Line>> families = new TreeMap<>();
    Map<String, List<ModelFacts>> facts = new TreeMap<>();
    for (Path folder : DescriptionsTest.cases()) {
      ModelFacts described = ModelDirectory.describe(folder).architecture().facts();
      families.computeIfAbsent(described.family(), k -> new ArrayList<>()).add(line(folder));
      facts.computeIfAbsent(described.family(), k -> new ArrayList<>()).add(described);
    }
    if (UPDATE) {
      Files.writeString(PAGE, page(families, facts, true));
      fail("wrote " + PAGE);
    }
    String committed = Files.readString(PAGE);
    assertEquals(page(families, facts, false), withoutNumbers(committed));
  }

  private static Line line(Path folder) throws IOException {
    JsonNode description = new ObjectMapper().readTree(folder.resolve("case.json").toFile());
    String name = description.path("name").asText();
    String settings =
        StreamSupport.stream(description.path("tests").spliterator(), false)
            .map(t -> t.asText().replace("|", "\\|"))
            .collect(Collectors.joining("; "));
    Conformance conformance = Conformance.of(folder);
    double float64 = Math.max(conformance.values().largest(), conformance.edits().largest());
    double float32 = conformance.float32().largest();
    assertTrue(float64 <= FLOAT64, name + " in float64: " + float64);
    assertTrue(float32 <= FLOAT32, name + " in float32: " + float32);
    return new Line(name, settings, float64, float32);
  }

  private static String page(
      Map<String, List<Line>> families, Map<String, List<ModelFacts>> facts, boolean measured) {
    StringBuilder page =
        new StringBuilder(
            """
            # Models

            Families that load from their Hugging Face directories as they are, and how far their numbers are from those of
            Hugging Face transformers. Each case is a tiny checkpoint with random parameters and awkward settings
            (`tests/src/test/resources/conformance`, made by `tests/reference/make_conformance.py`). Compared are logits, `resid_pre`,
            `resid_post`, `attn_out`, `mlp_out`, `z` and `pattern`, and logits under zero, patch and steer at `resid_post`, `z`, `attn_out`
            and `mlp_out`.

            - float64: the largest absolute difference of any of these numbers; the tests allow 1e-9.
            - float32: the largest difference of a logit, over the largest logit of its prompt; the tests allow 1e-4.

            The tests write this page (`-Dgolden.update=true`) and fail where it is not what they find. The differences are those
            of the run that wrote it; they are rounding and vary between machines. A `model_type` that is not listed is an error, and
            so is a config key that may change the computation and is not understood.

            """);
    families.forEach((family, lines) -> section(page, family, lines, facts.get(family), measured));
    return page.toString();
  }

  private static void section(
      StringBuilder page,
      String family,
      List<Line> lines,
      List<ModelFacts> facts,
      boolean measured) {
    page.append("## ").append(family).append("\n\n");
    page.append("| case | settings | float64 | float32 |\n|---|---|---|---|\n");
    lines.forEach(line -> page.append(line.text(measured)).append('\n'));
    page.append('\n');
    Map<String, List<String>> lacking = new LinkedHashMap<>();
    for (Site site : Site.values()) {
      List<String> why =
          facts.stream().flatMap(f -> f.whyAbsent(site).stream()).distinct().sorted().toList();
      boolean everywhere = facts.stream().allMatch(f -> f.whyAbsent(site).isPresent());
      for (String reason : why) {
        lacking
            .computeIfAbsent((everywhere ? "" : "in some: ") + reason, k -> new ArrayList<>())
            .add("`" + site.spelled() + "`");
      }
    }
    if (!lacking.isEmpty()) {
      page.append("Lacks");
      lacking.forEach(
          (reason, sites) ->
              page.append("\n- ").append(String.join(", ", sites)).append(": ").append(reason));
      page.append("\n\n");
    }
  }

  /** The page with its measured numbers taken out. */
  private static String withoutNumbers(String page) {
    return page.lines()
        .map(l -> l.replaceFirst("^(\\| `.*)\\| \\S+ \\| \\S+ \\|$", "$1| · | · |"))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
