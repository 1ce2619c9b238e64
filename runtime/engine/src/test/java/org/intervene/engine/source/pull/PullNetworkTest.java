package org.intervene.engine.source.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that break, servers that are busy, addresses that lead elsewhere. */
class PullNetworkTest extends PullCase {
  @Test
  void aConnectionThatIsCutIsTakenUpAgain() throws IOException {
    hub.habit = (exchange, content) -> FakeHub.cutAfter(70_000, exchange, content);
    assertEquals(300_014, pull("org/tiny").downloaded());
    assertWhole();
    List<Optional<String>> ranges =
        hub.askedForFiles().stream()
            .filter(request -> request.path().endsWith(WEIGHTS))
            .map(FakeHub.Asked::range)
            .toList();
    assertEquals(Optional.empty(), ranges.get(0));
    assertTrue(ranges.stream().skip(1).allMatch(Optional::isPresent), ranges::toString);
  }

  @Test
  void aServerThatAlwaysStopsEndsTheDownloadAndTheNextOneGoesOn() throws IOException {
    hub.habit =
        (exchange, content) ->
            content == CONTENT
                && (exchange.getRequestHeaders().containsKey("Range")
                    ? FakeHub.cutAfter(0, exchange, content)
                    : FakeHub.cutAfter(100_000, exchange, content));
    assertEquals("pull.cut-off", problem("org/tiny").id());
    assertNothingVisible();
    long here = Files.size(partial());
    assertTrue(here > 0);
    hub.habit = (exchange, content) -> false;
    assertEquals(300_000 - here, pull("org/tiny").downloaded());
    assertWhole();
  }

  @Test
  void aServerThatFallsSilentIsLeft() throws IOException {
    CountDownLatch done = new CountDownLatch(1);
    hub.habit =
        (exchange, content) -> {
          if (content != CONTENT || exchange.getRequestHeaders().containsKey("Range")) {
            return false;
          }
          FakeHub.cutAfter(100_000, exchange, content);
          await(done);
          return true;
        };
    pull("org/tiny");
    done.countDown();
    assertWhole();
  }

  @Test
  void aServerThatCannotGoOnStartsAnew() throws IOException {
    Files.createDirectories(partial().getParent());
    for (int status : new int[] {200, 416}) {
      Files.write(partial(), FakeHub.content(1000));
      hub.habit =
          (exchange, content) -> {
            if (!exchange.getRequestHeaders().containsKey("Range")) {
              return false;
            }
            FakeHub.send(exchange, status, status == 200 ? content : new byte[0], 0);
            return true;
          };
      pull("org/tiny");
      assertWhole();
      Files.delete(folder().resolve("blobs").resolve(FakeHub.sha256(CONTENT)));
    }
  }

  @Test
  void aTokenStaysWithItsHub() {
    hub.token = Optional.of("hf_secret");
    variables.put("HF_TOKEN", "hf_secret");
    try (FakeHub store = new FakeHub()) {
      store.files.putAll(hub.files);
      hub.habit = (exchange, content) -> redirect(exchange, store.address());
      pull("org/tiny");
      assertEquals(3, store.asked.size());
      assertTrue(store.asked.stream().allMatch(request -> request.token().isEmpty()));
    }
    assertTrue(hub.asked.stream().allMatch(request -> request.token().isPresent()));
  }

  @ParameterizedTest
  @CsvSource({"file:///etc/passwd", "ftp://127.0.0.1/x", "'http://a b/'", "http://user@127.0.0.1/"})
  void onlyWebAddressesAreFollowed(String address) {
    hub.habit =
        (exchange, content) -> {
          exchange.getResponseHeaders().add("Location", address);
          exchange.sendResponseHeaders(302, -1);
          return true;
        };
    assertEquals("pull.redirect", problem("org/tiny").id());
  }

  @Test
  void circlesEnd() {
    hub.habit = (exchange, content) -> redirect(exchange, hub.address());
    assertEquals("pull.redirect", problem("org/tiny").id());
  }

  @Test
  void aBusyServerIsAskedAgain() throws IOException {
    AtomicInteger refused = new AtomicInteger();
    hub.habit =
        (exchange, content) -> {
          if (refused.incrementAndGet() > 2) {
            return false;
          }
          exchange.getResponseHeaders().add("Retry-After", "0");
          exchange.sendResponseHeaders(refused.get() == 1 ? 429 : 503, -1);
          return true;
        };
    pull("org/tiny");
    assertWhole();
    hub.habit = (exchange, content) -> status(exchange, 500);
    hub.files.put("vocab.json", FakeHub.content(5));
    assertEquals("pull.server", problem("org/tiny").id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://hub", "hub", "http://", "http://u:p@hub", "http://a b"})
  void anEndpointIsAWebAddress(String endpoint) {
    variables.put("HF_ENDPOINT", endpoint);
    assertEquals("pull.endpoint", problem("org/tiny").id());
  }

  @Test
  void noConnection() {
    hub.close();
    assertEquals("pull.no-connection", problem("org/tiny").id());
  }
}
