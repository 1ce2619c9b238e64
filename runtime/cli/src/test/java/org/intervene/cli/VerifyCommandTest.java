package org.intervene.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code intervene bundle} and {@code intervene verify}. */
class VerifyCommandTest {
  @TempDir Path folder;

  private final CommandRun run = new CommandRun();
  private final FixedPipeline pipeline = run.pipeline();
  private String spec;
  private String bundle;

  @BeforeEach
  void write() throws IOException {
    bundle = folder.resolve("x.zip").toString();
    spec =
        Files.writeString(folder.resolve("a.ivn"), FixedPipeline.SPEC + "golden within 0.01\n")
            .toString();
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

  private void bundled() {
    assertEquals(0, execute("bundle", spec, "-o", bundle), err());
  }

  private void pinned() {
    assertEquals(0, execute("replay", "--update", "--yes", spec), out() + err());
    bundled();
  }

  @Test
  void withoutAGoldenResultEveryValueIsCompared() {
    bundled();
    assertTrue(Files.exists(folder.resolve("a.lock.json")), "the first run locks");
    assertEquals(0, execute("verify", bundle), err());
    assertTrue(out().contains("replayed: 6 values, all the same"), out());
    pipeline.reads[0][0] += 0.001;
    assertEquals(1, execute("verify", bundle));
    assertTrue(out().contains("the largest difference is 0.00100, at clean,"), out());
  }

  @Test
  void aBundleHoldsWhatTheSpecGives() {
    for (String changed : new String[] {"--set=limit=3", "--dtype=float64"}) {
      assertEquals(2, execute("bundle", spec, changed, "-o", bundle));
      assertTrue(err().contains("as it is written: " + changed.split("=")[0]), err());
    }
    assertFalse(Files.exists(Path.of(bundle)));
  }

  @Test
  void withOneItsTolerancesCount() {
    pinned();
    pipeline.reads[0][0] += 0.001;
    assertEquals(0, execute("verify", bundle), out() + err());
    assertTrue(out().contains("replayed: 3 values, largest move 0.050 of the tolerance"), out());
    pipeline.reads[0][0] += 1;
    assertEquals(1, execute("verify", bundle));
    assertTrue(out().contains("first in clean.l, worst clean.l: 2 -> 2.5"), out());
  }

  @Test
  void aBundleSaysThatItsGoldenResultIsAnothers() {
    pinned();
    pipeline.reads[0][0] += 1;
    assertEquals(1, execute("bundle", spec, "-o", bundle));
    assertTrue(err().contains("is not what this run gave: `intervene replay " + spec), err());
    assertEquals(1, execute("verify", bundle));
  }

  @Test
  void itStopsOnAnotherModel() {
    pinned();
    pipeline.weights = "second";
    assertEquals(3, execute("verify", bundle));
    assertTrue(err().contains("error[lock.model]"), err());
    assertEquals(3, execute("bundle", spec, "-o", bundle));
    assertTrue(err().contains("error[lock.model]"), err());
    assertEquals(0, execute("verify", bundle, "--no-replay"));
  }

  @Test
  void programsGetTheSameAsFromReplay() throws IOException {
    pinned();
    pipeline.reads[5][0] = 9;
    assertEquals(1, execute("verify", "--json", bundle));
    JsonNode event =
        new ObjectMapper()
            .readTree(out().lines().filter(l -> l.contains("replayed")).findFirst().orElseThrow());
    assertEquals(3, event.get("values").asInt());
    assertEquals(false, event.get("agrees").asBoolean());
    assertEquals("swept.l at layer=1", event.at("/moved/0/place").asText());
  }
}
