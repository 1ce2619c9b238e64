package org.intervene.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.digest.Sha256;
import org.intervene.lock.Pins.DataPin;
import org.intervene.lock.Pins.EnginePin;
import org.intervene.lock.Pins.ModelPin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a lock notices, and what it lets pass. */
class LockTest {
  @TempDir Path folder;
  private Path spec;

  @BeforeEach
  void place() {
    spec = folder.resolve("a.b.ivn");
  }

  private static Pins pins(
      String source, String weights, String tokenizer, String bos, DataPin facts) {
    return new Pins(
        new ModelPin(
            source,
            Map.of("bos", "auto", "device", "auto", "dtype", "float32"),
            Optional.of("1f5b"),
            "float32",
            "cpu",
            bos,
            new TreeMap<>(
                Map.of(
                    "config.json", Sha256.of("config"),
                    "model.safetensors", Sha256.of(weights),
                    "tokenizer.json", Sha256.of(tokenizer)))),
        Map.of("facts", facts),
        Map.of("steer.safetensors", Sha256.of("steer")),
        new EnginePin("0.1.0", "PyTorch 2.7.1"));
  }

  private static DataPin rows(String words, String rows) {
    return new DataPin(Sha256.of(words), 2, Sha256.of(rows));
  }

  private static Pins usual() {
    return pins("hf:a/b", "w", "t", "none", rows("words", "rows"));
  }

  private static List<String> ids(Runnable work) {
    return assertThrows(DiagnosticException.class, work::run).diagnostics().stream()
        .map(Diagnostic::id)
        .toList();
  }

  @Test
  void bothNotationsShareOneFile() {
    assertEquals(folder.resolve("a.b.lock.json"), LockFile.of(spec).path());
    assertEquals(LockFile.of(spec).path(), LockFile.of(folder.resolve("a.b.yaml")).path());
  }

  @Test
  void whatIsWrittenReadsBack() {
    assertTrue(Lock.of(spec).update(usual()));
    assertEquals(Optional.of(usual()), LockFile.of(spec).read());
    assertEquals(List.of(), Lock.of(spec).changes(usual()));
    assertFalse(Lock.of(spec).update(usual()));
  }

  @Test
  void anotherThingBehindTheSameWordsStops() {
    Lock.of(spec).update(usual());
    DataPin rows = rows("words", "rows");
    assertEquals(
        List.of("lock.model"),
        ids(() -> Lock.of(spec).update(pins("hf:a/b", "w2", "t", "none", rows))));
    assertEquals(
        List.of("lock.tokenizer", "lock.tokenizer"),
        ids(() -> Lock.of(spec).update(pins("hf:a/b", "w", "t2", "<s>", rows))));
    assertEquals(
        List.of("lock.data"),
        ids(() -> Lock.of(spec).update(pins("hf:a/b", "w", "t", "none", rows("words", "rows 2")))));
    assertEquals(Optional.of(usual()), LockFile.of(spec).read());
  }

  @Test
  void otherWordsGetNewPins() {
    Lock.of(spec).update(usual());
    Pins other = pins("hf:c/d", "w2", "t2", "<s>", rows("more words", "more rows"));
    assertEquals(List.of("lock.stale", "lock.stale"), ids(() -> Lock.of(spec).requireWhole(other)));
    assertTrue(Lock.of(spec).update(other));
    assertEquals(Optional.of(other), LockFile.of(spec).read());
    Lock.of(spec).requireWhole(other);
  }

  @Test
  void anotherEngineIsSaidAndStopsNothing() {
    Lock.of(spec).update(usual());
    Pins other =
        new Pins(
            usual().model(), usual().data(), usual().files(), new EnginePin("0.2.0", "PyTorch 3"));
    Lock.of(spec).requireWhole(other);
    assertEquals(
        List.of("intervene was 0.1.0 and is 0.2.0", "engine was PyTorch 2.7.1 and is PyTorch 3"),
        Lock.of(spec).changes(other).stream().map(Change::text).toList());
  }

  @Test
  void relockSaysWhatChangedAndAcceptsIt() {
    Lock.of(spec).update(usual());
    Pins other = pins("hf:a/b", "w2", "t", "none", rows("words", "rows"));
    List<Change> changes = Lock.of(spec).relock(other);
    assertEquals(1, changes.size());
    assertTrue(
        changes.get(0).text().matches("model.safetensors was sha256:\\w{12}… and is sha256:.*"),
        changes.get(0).text());
    Lock.of(spec).requireWhole(other);
  }

  @Test
  void withoutALockNothingCanBeHeldAgainstIt() {
    assertEquals(List.of("lock.missing"), ids(() -> Lock.of(spec).requireWhole(usual())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpu | cuda | lock.edited",
        "\"format\" : 1 | \"format\" : 9 | lock.format",
        "\"format\" : 1 | \"form\" : 1 | lock.malformed",
        "\"digest\" : \"sha256 | \"digets\" : \"sha256 | lock.malformed",
        "\"rows\" : 2 | \"rows\" : 1e999 | lock.malformed",
        "{ | [ | lock.malformed",
      })
  void editedAndMalformedFilesAreClearErrors(String from, String to, String id) throws IOException {
    Lock.of(spec).update(usual());
    Path file = LockFile.of(spec).path();
    String text = Files.readString(file);
    assertTrue(text.contains(from), text);
    Files.writeString(file, text.replace(from, to));
    assertEquals(List.of(id), ids(() -> Lock.of(spec)));
    assertEquals(List.of(), Lock.forgetting(spec).changes(usual()));
  }

  /** A file with a true seal that lacks something. */
  @Test
  void sealedFilesAreReadWithCare() {
    Lock.of(spec).update(usual());
    SealedJson sealed = new SealedJson("lock", 1, "");
    for (String key : List.of("model", "data", "engine")) {
      var root = sealed.read(LockFile.of(spec).path()).orElseThrow();
      root.remove("format");
      root.remove(key);
      sealed.write(folder.resolve("b.lock.json"), root);
      assertEquals(
          List.of("lock.malformed"), ids(() -> LockFile.of(folder.resolve("b.ivn")).read()));
    }
  }

  @Test
  void layoutMayChange() throws IOException {
    Lock.of(spec).update(usual());
    Path file = LockFile.of(spec).path();
    Files.writeString(file, Files.readString(file).replaceAll("\\s*\n\\s*", ""));
    assertEquals(Optional.of(usual()), LockFile.of(spec).read());
  }
}
