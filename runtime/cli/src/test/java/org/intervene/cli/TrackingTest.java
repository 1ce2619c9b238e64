package org.intervene.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.intervene.ast.Spec;
import org.intervene.digest.SpecDigest;
import org.intervene.read.SpecReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --track}: what is tracked, and that nothing there stops a run. */
class TrackingTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path spec;
  private Path store;

  @BeforeEach
  void write() throws IOException {
    String about = FixedPipeline.SPEC.replace("model \"", "about \"why?\"\nmodel \"");
    spec = Files.writeString(folder.resolve("fixed.ivn"), about);
    store = folder.resolve("store");
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    Terminal terminal = new Terminal(stream(out), stream(err), false, false, Map.of());
    Stream<String> all = Stream.concat(Stream.of("run", spec.toString()), Stream.of(arguments));
    return new Program(new FixedPipeline(), terminal).execute(all.toArray(String[]::new));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Path tracked(String... more) {
    assertEquals(0, run(more), err());
    String line = err().lines().filter(l -> l.startsWith("tracked in ")).findFirst().orElseThrow();
    return Path.of(line.substring("tracked in ".length()));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void parametersMetricsAndDigestsOfARun() throws IOException {
    Path run = tracked("--track", store.toString());
    assertEquals("builtin:fixed", Files.readString(run.resolve("params/model")));
    assertEquals("float32", Files.readString(run.resolve("params/dtype")));
    assertEquals(
        List.of("l", "l.by_layer", "l.high", "l.low"), names(run.resolve("metrics/swept")));
    assertTrue(Files.readString(run.resolve("metrics/clean/l")).endsWith(" 2.0 0\n"));
    List<String> curve = Files.readAllLines(run.resolve("metrics/swept/l.by_layer"));
    assertTrue(curve.get(0).endsWith(" 0.5 0") && curve.get(1).endsWith(" 2.5 1"), curve + "");
    Spec read = SpecReader.read(spec).spec().orElseThrow();
    assertEquals(SpecDigest.of(read), Files.readString(run.resolve("tags/intervene.digest.spec")));
    String digest = Files.readString(run.resolve("tags/intervene.digest.result"));
    assertEquals(
        "fixed " + digest.substring("sha256:".length()).substring(0, 8),
        Files.readString(run.resolve("tags/mlflow.runName")));
    assertEquals("1 of 1 held", Files.readString(run.resolve("tags/intervene.expectations")));
    assertEquals("why?", Files.readString(run.resolve("tags/mlflow.note.content")));
    assertEquals(spec.toString(), Files.readString(run.resolve("tags/mlflow.source.name")));
  }

  @Test
  void theSpecAndTheResultAreItsFiles() throws IOException {
    List<String> files =
        List.of("fixed.ivn", "metrics.csv", "report.html", "result.json", "run.json");
    Path alone = tracked("--track", store.toString()).resolve("artifacts");
    Path result = folder.resolve("result");
    Path beside = tracked("--track", store.toString(), "-o", result.toString());
    assertEquals(alone.getParent().getParent(), beside.getParent());
    assertEquals(files, names(alone));
    assertEquals(files, names(beside.resolve("artifacts")));
    for (String file : names(result)) {
      Path copy = beside.resolve("artifacts").resolve(file);
      assertEquals(-1, Files.mismatch(result.resolve(file), copy), file);
    }
  }

  @Test
  void programsAreToldToo() throws IOException {
    assertEquals(0, run("--json", "--track", store.toUri().toString()), err());
    String line =
        out.toString(StandardCharsets.UTF_8)
            .lines()
            .filter(l -> l.contains("\"tracked\""))
            .findFirst()
            .orElseThrow();
    JsonNode event = new ObjectMapper().readTree(line);
    assertTrue(Files.isDirectory(Path.of(event.path("where").asText())));
  }

  @Test
  void aFailedExpectationIsTrackedAsOne() throws IOException {
    Files.writeString(spec, Files.readString(spec).replace(">= 2", "> 2"));
    assertEquals(1, run("--track", store.toString()));
    String where = err().lines().filter(l -> l.startsWith("tracked in ")).findFirst().orElseThrow();
    Path run = Path.of(where.substring("tracked in ".length()));
    assertEquals("0 of 1 held", Files.readString(run.resolve("tags/intervene.expectations")));
  }

  @Test
  void aServerThatFailsOrIsNotThereStopsNothing() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    server.start();
    String address = "http://localhost:" + server.getAddress().getPort();
    Path result = folder.resolve("result");
    try {
      assertEquals(0, run("--track", address, "-o", result.toString()));
    } finally {
      server.stop(0);
    }
    String note = "note[track.failed] this run is not tracked: " + address;
    assertTrue(err().contains(note + " answered experiments/get-by-name with status 500"), err());
    assertTrue(Files.isRegularFile(result.resolve("result.json")));
    assertEquals(0, run("--track", address));
    assertTrue(err().contains(note + " does not accept a connection"), err());
  }

  @Test
  void aDirectoryThatCannotBeWrittenStopsNothing() {
    assertEquals(0, run("--track", spec.toString()));
    assertTrue(err().contains("note[track.failed] this run is not tracked: " + spec), err());
  }

  @Test
  void whatIsNoPlaceIsSaidBeforeTheRun() {
    assertEquals(2, run("--track", "ftp://host", "-o", folder.resolve("result").toString()));
    assertTrue(err().startsWith("error[usage] --track: it is neither a directory"), err());
    assertFalse(Files.exists(folder.resolve("result")));
  }
}
