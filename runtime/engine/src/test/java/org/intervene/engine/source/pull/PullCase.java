package org.intervene.engine.source.pull;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.source.HubName;
import org.intervene.engine.source.UserPlaces;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A download from a hub on this machine into an empty home. */
abstract class PullCase {
  static final String WEIGHTS = "model.safetensors";
  static final byte[] CONTENT = FakeHub.content(300_000);

  @TempDir Path home;
  final FakeHub hub = new FakeHub();
  final Map<String, String> variables = new HashMap<>();
  final List<Long> reached = new ArrayList<>();

  @BeforeEach
  void fillHub() {
    variables.put("HF_ENDPOINT", hub.address() + "/");
    hub.files.put("config.json", "{}".getBytes(StandardCharsets.UTF_8));
    hub.files.put("tokenizer.json", "{\"model\":{}}".getBytes(StandardCharsets.UTF_8));
    hub.files.put(WEIGHTS, CONTENT);
  }

  @AfterEach
  void close() {
    hub.close();
  }

  Pulled pull(String name) {
    Patience patience =
        new Patience(Duration.ofSeconds(20), Duration.ofMillis(400), Duration.ZERO, 3);
    UserPlaces places = new UserPlaces(variables::get, home);
    return new Pull(
            HubName.parse(name).orElseThrow(),
            places,
            (file, done, total) -> reached.add(done),
            patience)
        .run();
  }

  Diagnostic problem(String name) {
    DiagnosticException thrown = assertThrows(DiagnosticException.class, () -> pull(name));
    assertEquals(DiagnosticException.Kind.RESOURCE, thrown.kind());
    return thrown.diagnostics().get(0);
  }

  Path folder() {
    return home.resolve(".cache/huggingface/hub/models--org--tiny");
  }

  Path partial() {
    return folder().resolve("blobs").resolve(FakeHub.sha256(CONTENT) + ".intervene-partial");
  }

  void assertWhole() throws IOException {
    Path snapshot = folder().resolve("snapshots").resolve(FakeHub.COMMIT);
    for (Map.Entry<String, byte[]> file : hub.files.entrySet()) {
      assertArrayEquals(file.getValue(), Files.readAllBytes(snapshot.resolve(file.getKey())));
    }
    assertFalse(Files.exists(partial()));
  }

  void assertNothingVisible() {
    assertFalse(Files.exists(folder().resolve("snapshots")));
    assertFalse(Files.exists(folder().resolve("refs")));
    assertFalse(Files.exists(folder().resolve("blobs").resolve(FakeHub.sha256(CONTENT))));
  }

  static boolean answer(HttpExchange exchange, byte[] content) throws IOException {
    FakeHub.send(exchange, 200, content, 0);
    return true;
  }

  static boolean status(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    return true;
  }

  static boolean redirect(HttpExchange exchange, String host) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    exchange.getResponseHeaders().add("Location", host + path);
    exchange.sendResponseHeaders(302, -1);
    return true;
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
