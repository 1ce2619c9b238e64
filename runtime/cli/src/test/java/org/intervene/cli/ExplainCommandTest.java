package org.intervene.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.intervene.experiment.Options;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code explain} prints of a plan with six equal cells. */
class ExplainCommandTest {
  @TempDir Path folder;

  private final CommandRun run = new CommandRun();
  private Path spec;

  @BeforeEach
  void write() throws IOException {
    spec = Files.writeString(folder.resolve("fixed.ivn"), FixedPipeline.SPEC);
  }

  private int execute(String... arguments) {
    List<String> all = new ArrayList<>(List.of("explain", spec.toString()));
    all.addAll(List.of(arguments));
    return run.execute(all.toArray(String[]::new));
  }

  private String out() {
    return run.out();
  }

  private List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : out().lines().toList()) {
      events.add(new ObjectMapper().readTree(line));
    }
    return events;
  }

  @Test
  void showsRunsRulesStepsAndTotals() {
    assertEquals(0, execute(), run.err());
    assertTrue(out().startsWith("fixed on builtin:fixed: gpt2, 2 layers"), out());
    assertTrue(out().contains("swept  facts.text  layer 2"), out());
    assertTrue(out().contains("share-runs              5      every bit"), out());
    assertTrue(out().contains("6 naive; planned: 1 whole"), out());
    assertFalse(out().contains("measured"), out());
  }

  @Test
  void analyzePutsWhatWasMeasuredBesideEachStep() {
    assertEquals(0, execute("--analyze"));
    assertTrue(out().contains("500 ms"), out());
    assertTrue(out().contains("measured    500 ms"), out());
    assertTrue(out().contains("3.00 MB"), out());
  }

  @Test
  void jsonIsOneObjectALine() throws IOException {
    assertEquals(0, execute("--json", "--analyze"));
    List<String> kinds = events().stream().map(e -> e.get("event").asText()).distinct().toList();
    assertEquals(List.of("plan", "run", "rule", "step", "total"), kinds);
    JsonNode total = events().get(events().size() - 1);
    assertEquals(6, total.get("cells").asInt());
    assertEquals(5, total.get("forwards_saved").asInt());
    assertEquals(0.5, total.get("seconds").asDouble());
    assertTrue(total.get("naive_operations").asDouble() > total.get("operations").asDouble());
  }

  @Test
  void aNaivePlanHasNoRules() throws IOException {
    assertEquals(0, execute("--json", "--plan", "naive"));
    assertFalse(out().contains("\"event\":\"rule\""), out());
    assertEquals(6, events().get(events().size() - 1).get("whole").asInt());
  }

  @Test
  void aStrictPlanHasRulesThatKeepEveryBit() throws IOException {
    assertEquals(0, execute("--json", "--plan", "strict"));
    assertEquals(Options.Strategy.STRICT, run.pipeline().seen().strategy());
    for (JsonNode event : events()) {
      if (event.get("event").asText().equals("rule")) {
        assertEquals("bitwise", event.get("exactness").asText());
      }
    }
  }

  @Test
  void anotherModelCanBeGiven() {
    assertEquals(0, execute("--model", "builtin:larger"));
    assertTrue(out().startsWith("fixed on builtin:larger"), out());
  }
}
