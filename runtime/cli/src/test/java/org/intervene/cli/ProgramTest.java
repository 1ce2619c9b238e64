package org.intervene.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.intervene.ast.Expr;
import org.intervene.diagnostic.Span;
import org.intervene.experiment.Options;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands print, where, and with which status. */
class ProgramTest {
  @TempDir Path folder;

  private CommandRun run;
  private FixedPipeline pipeline;
  private Path spec;

  @BeforeEach
  void write() throws IOException {
    run = new CommandRun(Map.of("HF_HUB_CACHE", folder.toString()));
    pipeline = run.pipeline();
    spec = Files.writeString(folder.resolve("fixed.ivn"), FixedPipeline.SPEC);
  }

  private int execute(String... arguments) {
    return run.execute(arguments);
  }

  private String out() {
    return run.out();
  }

  private String err() {
    return run.err();
  }

  private String changed(String from, String to) throws IOException {
    Path file = folder.resolve("other.ivn");
    Files.writeString(file, FixedPipeline.SPEC.replace(from, to));
    return file.toString();
  }

  @Test
  void runShowsMetricsPicturesAndExpectations() {
    assertEquals(0, execute("run", spec.toString()), err());
    assertTrue(out().contains("clean  l       2     1 to 3"), out());
    assertTrue(out().contains("swept.l"), out());
    assertTrue(out().contains("\u2713  mean(clean.l) >= 2  seen 2"), out());
    assertTrue(err().contains("note[control.missing] nothing is compared"), err());
    assertFalse(out().contains("\u001b"), out());
  }

  @Test
  void aFailedExpectationIsStatusOne() throws IOException {
    assertEquals(1, execute("run", changed(">= 2", "> 2")));
    assertTrue(out().contains("\u2717  mean(clean.l) > 2  seen 2"), out());
  }

  @Test
  void aWrongSpecIsStatusTwoAndPointsAtIt() throws IOException {
    assertEquals(2, execute("run", changed("metric l =", "metrc l =")));
    assertTrue(err().contains("other.ivn:7:1"), err());
    assertTrue(err().contains("metrc l = logit(answer)"), err());
    assertEquals("", out());
    assertEquals(2, execute("check", folder.resolve("absent.ivn").toString()));
    assertTrue(err().startsWith("error["), err());
  }

  @Test
  void whatIsMissingIsStatusThree() throws IOException {
    assertEquals(3, execute("check", changed("builtin:fixed", "builtin:other")));
    assertTrue(err().contains("error[model.unknown]"), err());
    assertEquals(3, execute("sites", "builtin:other"));
    assertEquals(3, execute("run", spec.toString(), "-o", spec + "/below"));
    assertTrue(err().contains("error[result.write-failed]"), err());
  }

  @Test
  void whatNoCommandExpectsIsJsonTooWhereThatIsAskedFor() {
    assertEquals(3, execute("verify", spec.toString(), "--json"));
    assertTrue(out().contains("\"id\":\"bundle.unreadable\""), out());
    assertEquals("", err());
  }

  @Test
  void checkGoesOnToTheNextSpec() throws IOException {
    String wrong = changed("builtin:fixed", "builtin:other");
    assertEquals(3, execute("check", wrong, spec.toString()));
    assertTrue(out().contains("fixed.ivn: correct; 2 runs, 6 cells"), out());
  }

  @Test
  void faultsOfTheProgramAreOneLineWithoutATrace() throws IOException {
    String broken = changed("\"fixed\"\nmodel", "\"broken\"\nmodel");
    assertEquals(70, execute("check", broken));
    assertTrue(
        err().contains("error[internal] unexpected: java.lang.IllegalStateException: a fault"));
    assertFalse(err().contains("  at "), err());
    assertEquals(70, execute("check", broken, "--debug"));
    assertTrue(err().contains("  at org.intervene"), err());
  }

  @Test
  void optionsReachThePipeline() {
    execute(
        "check",
        spec.toString(),
        "--set",
        "limit=4",
        "--set",
        "city= Paris",
        "--device=cpu",
        "--dtype",
        "float64",
        "--threads",
        "1",
        "--plan",
        "naive",
        "--memory",
        "2G");
    Options settings = pipeline.seen();
    assertEquals(new Expr.Number(Span.NONE, 4), settings.parameters().get("limit"));
    assertEquals(new Expr.Text(Span.NONE, " Paris"), settings.parameters().get("city"));
    assertEquals("cpu", settings.device().orElseThrow());
    assertEquals("float64", settings.dtype().orElseThrow());
    assertEquals(1, settings.threads().orElseThrow());
    assertEquals(Options.Strategy.NAIVE, settings.strategy());
    assertEquals(2L << 30, settings.memory().orElseThrow());
  }

  @Test
  void misspeltCommandsAndOptionsGetASuggestion() {
    assertEquals(2, execute("chekc", spec.toString()));
    assertTrue(err().contains("did you mean `check`?"), err());
    assertEquals(2, execute("run", spec.toString(), "--devise=cpu"));
    assertTrue(err().contains("did you mean `--device`?"), err());
    assertEquals(2, execute("run"));
    assertTrue(err().contains("intervene run --help"), err());
    assertEquals(2, execute("run", spec.toString(), "--threads", "many"));
    assertEquals(2, execute("run", spec.toString(), "--threads", "0"));
    assertEquals(2, execute("run", spec.toString(), "--memory", "much"));
    assertFalse(err().contains("Exception"), err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check",
        "explain",
        "run",
        "lock",
        "replay",
        "digest",
        "fmt",
        "bundle",
        "verify",
        "export",
        "sites",
        "models",
        "pull",
        "import",
        "import pyvene"
      })
  void everyCommandHelpsWithAnExample(String command) {
    assertEquals(0, execute("--help"));
    assertTrue(out().contains("  " + command.split(" ", -1)[0] + " "), out());
    assertEquals(0, execute((command + " --help").split(" ", -1)));
    assertTrue(out().contains("intervene " + command), out());
    assertTrue(out().contains("Example"), out());
  }

  @Test
  void jsonIsOneObjectALine() throws IOException {
    assertEquals(0, execute("run", spec.toString(), "--json"));
    ObjectMapper mapper = new ObjectMapper();
    List<String> events =
        out()
            .lines()
            .map(
                line -> {
                  try {
                    JsonNode node = mapper.readTree(line);
                    return node.get("event").asText();
                  } catch (IOException e) {
                    throw new AssertionError(line, e);
                  }
                })
            .toList();
    assertEquals(
        List.of("locked", "diagnostic", "metric", "metric", "expectation", "done"), events);
    assertEquals("", err());
    assertEquals(2, execute("check", changed("metric l", "metrc l"), "--json"));
    assertEquals(
        "diagnostic", mapper.readTree(out().lines().findFirst().get()).get("event").asText());
  }

  @Test
  void anOptionOutOfAFewWordsNamesThem() {
    assertEquals(2, execute("run", spec.toString(), "--plan", "fast"));
    assertTrue(err().contains("'--plan': `fast` is none of optimised, strict, naive"), err());
    assertEquals(2, execute("run", spec.toString(), "--plan", "NAIVE"));
    assertEquals(0, execute("run", spec.toString(), "--plan", "naive", "--color", "never"), err());
  }

  @Test
  void theFirstRunLocksAndLaterOnesHoldToIt() throws IOException {
    assertEquals(0, execute("run", spec.toString()), err());
    Path lock = folder.resolve("fixed.lock.json");
    assertTrue(err().contains("locked in " + lock), err());
    String first = Files.readString(lock);
    assertEquals(0, execute("run", spec.toString()), err());
    assertFalse(err().contains("locked"), err());
    pipeline.weights = "second";
    assertEquals(3, execute("run", spec.toString()));
    assertTrue(err().contains("error[lock.model] model.safetensors was sha256:"), err());
    assertEquals(first, Files.readString(lock));
    assertEquals(0, execute("run", spec.toString(), "--relock"));
    assertTrue(err().contains("locked anew"), err());
    assertTrue(err().contains("  model.safetensors was sha256:"), err());
    assertEquals(0, execute("run", spec.toString()));
  }

  @Test
  void aLockedDeviceIsWhatAutoMeans() {
    assertEquals(0, execute("run", spec.toString()));
    assertTrue(pipeline.seen().device().isEmpty());
    assertEquals(0, execute("run", spec.toString()));
    assertEquals("cpu", pipeline.seen().device().orElseThrow());
    assertEquals(0, execute("run", spec.toString(), "--device", "cuda"));
    assertEquals("cuda", pipeline.seen().device().orElseThrow());
  }

  @Test
  void lockSaysWhatItDid() throws IOException {
    assertEquals(0, execute("lock", spec.toString()), err());
    assertTrue(out().contains("fixed.ivn: locked in "), out());
    assertEquals(0, execute("lock", spec.toString()));
    assertTrue(out().contains("fixed.ivn: nothing changed in "), out());
    pipeline.rows = "sha256:" + "0".repeat(64);
    assertEquals(3, execute("lock", spec.toString()));
    assertTrue(err().contains("error[lock.data] data facts was sha256:"), err());
    assertEquals(0, execute("lock", "--relock", spec.toString(), "--json"));
    assertTrue(out().contains("\"what\":\"data facts\""), out());
    Files.writeString(folder.resolve("fixed.lock.json"), "<<<<<<< ours");
    assertEquals(3, execute("lock", spec.toString()));
    assertTrue(err().contains("error[lock.malformed]"), err());
    assertEquals(0, execute("lock", "--relock", spec.toString()));
    assertEquals(2, execute("lock", changed("metric l", "metrc l")));
  }

  @Test
  void digestsArePrinted() {
    assertEquals(0, execute("digest", spec.toString()), err());
    assertTrue(out().matches("(?s)spec +sha256:\\w{64}\nwork .*\ndata facts .*\nmodel .*"), out());
    assertEquals(0, execute("digest", "--canonical", spec.toString()));
    assertTrue(out().startsWith("{\"data\":{\"facts\":{\"rows\":"), out());
  }

  @Test
  void quietPrintsErrorsAlone() throws IOException {
    assertEquals(0, execute("run", spec.toString(), "--quiet"));
    assertEquals("", out() + err());
    assertEquals(3, execute("check", "-q", changed("builtin:fixed", "builtin:other")));
    assertTrue(err().contains("error[model.unknown]") && !err().contains("note["), err());
  }

  @Test
  void theResultIsWritten() throws IOException {
    Path target = folder.resolve("result");
    assertEquals(0, execute("run", spec.toString(), "-o", target.toString()));
    assertTrue(out().contains("result in " + target), out());
    try (Stream<Path> files = Files.list(target)) {
      assertEquals(4, files.count());
    }
  }

  @Test
  void fmtTurnsOneNotationIntoTheOtherAndBack() throws IOException {
    assertEquals(0, execute("fmt", "--to", "yaml", spec.toString()), err());
    Path yaml = Files.writeString(folder.resolve("fixed.yaml"), out());
    assertTrue(out().startsWith("experiment: fixed"), out());
    assertEquals(0, execute("fmt", "--to", "ivn", yaml.toString()));
    String ivn = out();
    Path again = Files.writeString(folder.resolve("again.ivn"), ivn);
    assertEquals(0, execute("fmt", "--check", again.toString()));
    Files.writeString(again, ivn.replace("\n", "\n\n"));
    assertEquals(1, execute("fmt", "--check", again.toString()));
    assertEquals(0, execute("fmt", "--write", again.toString()));
    assertEquals(ivn, Files.readString(again));
    assertEquals(2, execute("fmt", "--to", "yaml", "--write", again.toString()));
  }

  @Test
  void sitesAndModelsAreListed() {
    assertEquals(0, execute("sites", "builtin:fixed"));
    assertTrue(out().contains("resid_pre[0..1]   [pos, d_model 8]"), out());
    assertTrue(out().contains("blocks.l.hook_resid_pre"), out());
    assertTrue(out().contains("absent: it has no rotary positions"), out());
    assertEquals(0, execute("models"));
    assertTrue(out().contains("builtin:fixed  gpt2, 2 layers, 2 heads, d_model 8"), out());
    assertEquals(0, execute("models", "builtin:fixed"));
    assertEquals(
        """
        builtin:fixed
          family     gpt2, 2 layers, 2 heads, d_model 8
          weights    1,234 parameters: 4.94 kB of F32
          tokenizer  100 tokens; put around every input: <s> (a file says so)
          directory  /models/fixed
        """,
        out());
    assertEquals(3, execute("models", "builtin:other"));
  }
}
