package org.intervene.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.intervene.cli.OneModelHub.Habit;
import org.intervene.engine.source.HubCache;
import org.intervene.engine.source.HubName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code intervene pull} against a hub on this machine. */
class PullCommandTest {
  @TempDir Path home;

  private final OneModelHub hub = new OneModelHub();
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void pointToTheHub() {
    environment.put("HF_ENDPOINT", hub.address());
    environment.put("HF_HOME", home.toString());
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private int pull(String... arguments) {
    return pull(false, arguments);
  }

  private int pull(boolean errIsTerminal, String... arguments) {
    out.reset();
    err.reset();
    Terminal terminal =
        new Terminal(stream(out), stream(err), false, errIsTerminal, Map.copyOf(environment));
    String[] all = new String[arguments.length + 1];
    all[0] = "pull";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return new Program(new FixedPipeline(), terminal).execute(all);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Path snapshot() {
    HubCache cache = new HubCache(home.resolve("hub"));
    return cache.snapshot(HubName.parse("org/tiny").orElseThrow(), OneModelHub.COMMIT);
  }

  private void assertWhole() throws IOException {
    for (Map.Entry<String, byte[]> file : hub.files.entrySet()) {
      assertArrayEquals(file.getValue(), Files.readAllBytes(snapshot().resolve(file.getKey())));
    }
  }

  @Test
  void saysWhichCommitItIsAndWhere() throws IOException {
    assertEquals(0, pull("hf:org/tiny"), err());
    assertWhole();
    assertEquals(
        "hf:org/tiny@"
            + OneModelHub.COMMIT
            + "\n3 files, 200 kB downloaded, in "
            + snapshot()
            + "\n`main` may move; the name above stays this model\n",
        out());
    assertEquals("", err());
    assertEquals(0, pull("hf:org/tiny@" + OneModelHub.COMMIT));
    assertTrue(out().endsWith("3 files, nothing downloaded, in " + snapshot() + "\n"), out());
  }

  @Test
  void whatWasDownloadedIsListed() {
    assertEquals(0, pull("hf:org/tiny"), err());
    out.reset();
    Terminal terminal = new Terminal(stream(out), stream(err), false, false, environment);
    assertEquals(0, new Program(new FixedPipeline(), terminal).execute("models"));
    assertEquals(
        "builtin:fixed     gpt2, 2 layers, 2 heads, d_model 8\n"
            + "hf:org/tiny@main  in the hub's cache\n",
        out());
  }

  @Test
  void jsonIsOneObject() throws IOException {
    assertEquals(0, pull("hf:org/tiny@main", "--json"), err());
    JsonNode line = new ObjectMapper().readTree(out());
    assertEquals("pulled", line.get("event").asText());
    assertEquals("hf:org/tiny@main", line.get("model").asText());
    assertEquals(OneModelHub.COMMIT, line.get("commit").asText());
    assertEquals(snapshot().toString(), line.get("directory").asText());
    assertEquals(200_005, line.get("downloaded").asLong());
    assertEquals(3, line.get("files").size());
  }

  @Test
  void aCutConnectionGoesOn() throws IOException {
    hub.habit = Habit.CUTS_ONCE;
    assertEquals(0, pull(true, "hf:org/tiny"), err());
    assertWhole();
    assertTrue(err().contains(" kB of 200 kB  "), err());
    assertTrue(err().endsWith("\r\u001b[K"), "the bar is gone: " + err());
    assertTrue(out().contains("200 kB downloaded"), out());
  }

  @ParameterizedTest
  @CsvSource({"LIES_ABOUT_LENGTH, pull.wrong-length", "SENDS_OTHER_BYTES, pull.wrong-digest"})
  void whatIsNotAsPromisedIsRefused(Habit habit, String id) {
    hub.habit = habit;
    assertEquals(3, pull("hf:org/tiny"));
    assertTrue(err().startsWith("error[" + id + "] `model.safetensors` "), err());
    assertTrue(err().contains("help: try again"), err());
    assertEquals("", out());
    assertFalse(Files.exists(snapshot()));
  }

  @Test
  void aTokenIsAskedForAndNeverShown() throws IOException {
    hub.habit = Habit.ASKS_FOR_A_TOKEN;
    assertEquals(3, pull("hf:org/tiny"));
    assertTrue(err().startsWith("error[pull.token] the model does not exist, or needs"), err());
    environment.put("HF_TOKEN", "hf_wrong");
    assertEquals(3, pull("hf:org/tiny"));
    assertTrue(err().contains("the token of HF_TOKEN may not read this model"), err());
    assertFalse(err().contains("hf_wrong"), err());
    environment.remove("HF_TOKEN");
    Files.writeString(home.resolve("token"), "hf_right");
    assertEquals(0, pull("hf:org/tiny"), err());
    assertWhole();
  }

  @Test
  void anInterruptionIsStatus130AndTheSameCommandGoesOn() throws IOException {
    hub.habit = Habit.CUTS_AND_FALLS_SILENT;
    hub.whenSilent = Thread.currentThread()::interrupt;
    assertEquals(130, pull("hf:org/tiny"));
    assertTrue(Thread.interrupted());
    assertFalse(err().contains("error["), err());
    assertFalse(Files.exists(snapshot()));
    hub.habit = Habit.HONEST;
    assertEquals(0, pull("hf:org/tiny"), err());
    assertWhole();
  }

  @ParameterizedTest
  @CsvSource({
    "org/tiny, did you mean `hf:org/tiny`?",
    "builtin:primer, a built-in model needs no download",
    "hf:, write `hf:ORG/NAME@REVISION`",
    "hf:../../etc, write `hf:ORG/NAME@REVISION`",
    "hf:org/tiny@../../x, write `hf:ORG/NAME@REVISION`"
  })
  void whatNamesNoModelIsStatusTwo(String written, String cure) {
    assertEquals(2, pull(written));
    assertTrue(err().startsWith("error[model.malformed-source]"), err());
    assertTrue(err().contains("help: " + cure), err());
  }

  @Test
  void whatTheHubLacksIsStatusThree() {
    assertEquals(3, pull("hf:org/tiny@v9"));
    assertTrue(err().startsWith("error[pull.not-found]"), err());
    hub.close();
    assertEquals(3, pull("hf:org/tiny"));
    assertTrue(err().startsWith("error[pull.no-connection] 127.0.0.1 does not answer"), err());
  }
}
