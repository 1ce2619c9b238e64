package org.intervene.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.intervene.digest.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code intervene replay}: what it says and writes, and with which status. */
class ReplayCommandTest {
  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private final CommandRun run = new CommandRun(environment);
  private final FixedPipeline pipeline = run.pipeline();
  private Path spec;
  private Path golden;

  @BeforeEach
  void write() throws IOException {
    spec = spec("a.ivn", "golden within 1e-3");
    golden = folder.resolve("a.golden.json");
  }

  private Path spec(String name, String clause) throws IOException {
    return Files.writeString(folder.resolve(name), FixedPipeline.SPEC + clause + "\n");
  }

  private int replay(String... arguments) {
    return run.execute(
        Stream.concat(Stream.of("replay"), Stream.of(arguments)).toArray(String[]::new));
  }

  private String out() {
    return run.out();
  }

  private String err() {
    return run.err();
  }

  private void update() {
    assertEquals(0, replay("--update", "--yes", spec.toString()), out() + err());
  }

  @Test
  void withoutLockOrGoldenResultItSaysHowToMakeThem() {
    assertEquals(3, replay(spec.toString()));
    assertTrue(err().contains("error[golden.missing]"), err());
    assertTrue(err().contains("--update --yes"), err());
    assertFalse(Files.exists(golden));
  }

  @Test
  void updateShowsFirstAndWritesWithYes() {
    assertEquals(1, replay("--update", spec.toString()));
    assertTrue(out().contains("would write " + golden + " (new)"), out());
    assertTrue(out().contains("nothing was written; add --yes to write"), out());
    assertFalse(Files.exists(golden));
    update();
    assertTrue(out().contains("wrote " + golden + " (new)"), out());
    assertTrue(Files.exists(folder.resolve("a.lock.json")));
    assertEquals(0, replay(spec.toString()), out() + err());
    assertTrue(out().contains("a.ivn  3 values, all as they were"), out());
    assertEquals(0, replay("--update", spec.toString()));
    assertTrue(out().contains("nothing to write"), out());
  }

  @Test
  void whatMovedIsListedWorstFirst() {
    update();
    pipeline.reads = new double[][] {{1}, {3}, {0.01}, {1}, {2}, {3.5}};
    assertEquals(1, replay(spec.toString()));
    assertTrue(
        out().contains("2 of 3 values moved, first in swept.l, worst swept.l at layer=1"), out());
    List<String> moved = out().lines().dropWhile(l -> !l.contains("worst first")).toList();
    assertTrue(
        moved
            .get(1)
            .endsWith("swept.l at layer=1: 2.5 -> 2.75 (moved by 0.250, 250.0 x the tolerance)"),
        out());
    assertTrue(
        moved
            .get(2)
            .endsWith("swept.l at layer=0: 0.5 -> 0.505 (moved by 0.00500, 5.0 x the tolerance)"),
        out());
    assertEquals(1, replay("--update", spec.toString()));
    assertTrue(out().contains("swept.l at layer=1: 2.5 -> 2.75"), out());
    assertTrue(out().contains("(2 values moved)"), out());
    update();
    assertEquals(0, replay(spec.toString()));
  }

  @Test
  void movesWithinTheToleranceAreSaidAndHold() {
    update();
    pipeline.reads[5][0] += 0.001;
    assertEquals(0, replay(spec.toString()), out());
    assertTrue(out().contains("3 values, largest move 0.50 of the tolerance"), out());
  }

  @Test
  void everyExampleCanBePinned() throws IOException {
    spec("a.ivn", "golden by example within 1e-3");
    update();
    pipeline.reads[0][0] += 0.5;
    pipeline.reads[1][0] -= 0.5; // the mean stays
    assertEquals(1, replay(spec.toString()));
    assertTrue(out().contains("clean.l at example=0: 1 -> 1.5"), out());
    spec("a.ivn", "golden within 1e-3");
    assertEquals(1, replay(spec.toString()));
    assertTrue(out().contains("stale: it has a value for each example"), out());
  }

  @Test
  void nanHasToStay() {
    pipeline.reads[2][0] = Double.NaN;
    update();
    assertEquals(0, replay(spec.toString()), out());
    pipeline.reads[2][0] = 0;
    assertEquals(1, replay(spec.toString()));
    assertTrue(out().contains("NaN -> 0.5 (cannot be compared)"), out());
  }

  @Test
  void anotherModelIsNoMoveButAnError() {
    update();
    pipeline.weights = "second";
    assertEquals(3, replay(spec.toString()));
    assertTrue(err().contains("error[lock.model]"), err());
    assertEquals(3, replay("--update", "--yes", spec.toString()));
    pipeline.weights = "first";
    pipeline.rows = Sha256.of("rows in another order");
    assertEquals(3, replay(spec.toString()));
    assertTrue(err().contains("error[lock.data]"), err());
  }

  @Test
  void aChangedSpecMakesItsGoldenResultStale() throws IOException {
    update();
    Files.writeString(spec, Files.readString(spec).replace("param limit = 2", "param limit = 3"));
    assertEquals(3, replay(spec.toString()));
    assertTrue(err().contains("error[lock.stale]"), err());
    update();
    assertTrue(out().contains("(for the changed spec)"), out());
    assertEquals(0, replay(spec.toString()), out() + err());
  }

  @Test
  void aBrokenGoldenFileIsAnErrorThatUpdateCures() throws IOException {
    update();
    Files.writeString(golden, Files.readString(golden).replace("2.5", "2.6"));
    assertEquals(3, replay(spec.toString()));
    assertTrue(err().contains("error[golden.edited]"), err());
    update();
    assertTrue(out().contains("(in the place of a broken one)"), out());
    assertEquals(0, replay(spec.toString()), out() + err());
  }

  @Test
  void nothingIsWrittenWhereAnExpectationFails() {
    pipeline.reads = new double[][] {{1}, {1}, {0}, {1}, {2}, {3}};
    assertEquals(1, replay("--update", "--yes", spec.toString()));
    assertTrue(out().contains("expected mean(clean.l) >= 2, seen 1"), out());
    assertTrue(out().contains("not written, for an expectation fails: " + golden), out());
    assertFalse(Files.exists(golden));
  }

  @Test
  void aDirectoryGoesOnAfterWhatIsWrongAndReportsTheWorst() throws IOException {
    update();
    Files.writeString(folder.resolve("b.ivn"), "experiment 7\n");
    Path report = folder.resolve("reports/replay.xml");
    assertEquals(2, replay(folder.toString(), "--junit", report.toString(), "--jobs", "2"));
    assertTrue(out().contains("\u2713  " + spec), out());
    assertTrue(out().contains("\u2717  " + folder.resolve("b.ivn")), out());
    String xml = Files.readString(report);
    assertTrue(xml.contains("tests=\"2\" failures=\"0\" errors=\"1\""), xml);
  }

  @Test
  void aSpecWithoutGoldenClauseNeedsOnlyItsLock() throws IOException {
    Path plain = spec("plain.ivn", "");
    assertEquals(3, replay(plain.toString()));
    assertTrue(err().contains("error[lock.missing]"), err());
  }

  @Test
  void githubShowsFailuresBesideTheGoldenClause() {
    update();
    pipeline.reads[5][0] = 9;
    environment.put("GITHUB_ACTIONS", "true");
    assertEquals(1, replay(spec.toString()));
    String line = err().lines().filter(l -> l.startsWith("::error ")).findFirst().orElseThrow();
    long clause = FixedPipeline.SPEC.lines().count() + 1;
    assertTrue(line.contains(",line=" + clause + ","), line);
    assertTrue(line.contains("%0Aswept.l at layer=1") || line.contains("::swept.l"), line);
  }

  @Test
  void jsonHasAnEventForEachSpec() throws IOException {
    update();
    pipeline.reads[5][0] = Double.NaN;
    environment.put("GITHUB_ACTIONS", "true");
    assertEquals(1, replay("--json", spec.toString()));
    List<String> lines = out().lines().toList();
    assertEquals(1, lines.size());
    JsonNode event = new ObjectMapper().readTree(lines.get(0));
    assertEquals("replayed", event.get("event").asText());
    assertFalse(event.get("passed").asBoolean());
    assertEquals("NaN", event.at("/moved/0/seen").asText());
    assertFalse(event.at("/moved/0").has("units"));
  }

  @Test
  void itSaysWithWhatTheGoldenResultWasMade() throws IOException {
    update();
    String other = "\"processor\" : \"another one\"";
    String text = Files.readString(golden).replaceFirst("\"processor\" : \"[^\"]*\"", other);
    // sealed anew, as by that machine
    com.fasterxml.jackson.databind.node.ObjectNode root =
        (com.fasterxml.jackson.databind.node.ObjectNode) new ObjectMapper().readTree(text);
    root.remove(List.of("digest", "format"));
    new org.intervene.lock.SealedJson("golden", 1, "").write(golden, root);
    assertEquals(0, replay(spec.toString()), out() + err());
    assertTrue(out().contains("golden made with none, another one, "), out());
    assertTrue(out().contains("; here none, "), out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--yes", "--jobs=0", "--set=limit=3", "--update --dtype=float64", "--junk"})
  void argumentsThatMakeNoSenseAreRefused(String arguments) {
    Stream<String> all = Stream.concat(Stream.of(spec.toString()), Stream.of(arguments.split(" ")));
    assertEquals(2, replay(all.toArray(String[]::new)));
    assertTrue(err().startsWith("error[usage]"), err());
  }

  @Test
  void aReportThatCannotBeWrittenIsAnError() {
    update();
    assertEquals(3, replay(spec.toString(), "--junit", spec + "/below.xml"));
    assertTrue(err().contains("error[file.write-failed]"), err());
  }

  @Test
  void aDirectoryWithoutSpecsIsAnError() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertEquals(3, replay(empty.toString()));
    assertTrue(err().contains("error[replay.no-specs]"), err());
  }
}
