package org.intervene.engine.source.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.intervene.diagnostic.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not accepted from a hub. */
class PullRefusalTest extends PullCase {
  @ParameterizedTest
  @ValueSource(ints = {10, 300_000, 400_000})
  void whatAnEarlierAttemptLeftIsNotTrusted(int length) throws IOException {
    Files.createDirectories(partial().getParent());
    Files.write(partial(), new byte[length]);
    pull("org/tiny");
    assertWhole();
  }

  @Test
  void wrongBytesAreRefused() {
    hub.habit = (exchange, content) -> answer(exchange, FakeHub.changed(content));
    assertEquals("pull.wrong-digest", problem("org/tiny").id());
    assertNothingVisible();
  }

  @ParameterizedTest
  @ValueSource(ints = {299_999, 300_001, 0, 5_000_000})
  void aServerThatLiesAboutTheLengthIsRefused(int length) {
    hub.habit =
        (exchange, content) -> content == CONTENT && answer(exchange, FakeHub.content(length));
    assertEquals("pull.wrong-length", problem("org/tiny").id());
    assertNothingVisible();
  }

  @Test
  void moreBytesThanPromisedAreRefused() {
    hub.habit =
        (exchange, content) -> {
          if (content != CONTENT) {
            return false;
          }
          exchange.sendResponseHeaders(200, 0); // no length: in chunks
          exchange.getResponseBody().write(FakeHub.content(300_001));
          return true;
        };
    assertEquals("pull.wrong-length", problem("org/tiny").id());
  }

  @Test
  void aTokenIsSentAndNeverShown() {
    hub.token = Optional.of("hf_secret");
    Diagnostic without = problem("org/tiny");
    assertEquals("pull.token", without.id());
    variables.put("HF_TOKEN", "hf_wrong");
    Diagnostic wrong = problem("org/tiny");
    assertEquals("pull.token", wrong.id());
    assertFalse((wrong.message() + wrong.help()).contains("hf_wrong"));
    variables.put("HF_TOKEN", "hf_secret");
    assertEquals(3, pull("org/tiny").files().size());
  }

  @ParameterizedTest
  @CsvSource({
    "HF_HOME, hf, hf/token",
    "HF_TOKEN_PATH, elsewhere, elsewhere",
    "XDG_CACHE_HOME, c, c/huggingface/token",
    "OTHER, x, .cache/huggingface/token"
  })
  void theTokenOfALoginIsUsed(String variable, String value, String file) throws IOException {
    hub.token = Optional.of("hf_secret");
    variables.put(variable, home.resolve(value).toString());
    assertEquals("pull.token", problem("org/tiny").id());
    Path token = home.resolve(file);
    Files.createDirectories(token.getParent());
    Files.writeString(token, "hf_secret\n");
    assertEquals(3, pull("org/tiny").files().size());
    variables.put("HF_TOKEN", "hf_wrong");
    assertEquals("pull.token", problem("org/tiny").id(), "a variable counts more than a file");
    variables.remove("HF_TOKEN");
    variables.put("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1");
    assertEquals("pull.token", problem("org/tiny").id());
  }

  @Test
  void whatIsNoTokenIsNotSent() {
    variables.put("HF_TOKEN", "hf_one\nhf_two");
    Diagnostic problem = problem("org/tiny");
    assertEquals("pull.token", problem.id());
    assertFalse((problem.message() + problem.help()).contains("hf_two"));
    assertEquals(0, hub.asked.size());
  }

  @Test
  void offlineMeansOffline() {
    variables.put("HF_HUB_OFFLINE", "TRUE");
    assertEquals("pull.offline", problem("org/tiny").id());
    assertEquals(0, hub.asked.size());
  }

  @Test
  void whatTheHubDoesNotHave() {
    assertTrue(problem("org/tiny@v9").message().contains("revision `v9`"));
    assertEquals("pull.not-found", problem("org/tiny@v9").id());
    assertTrue(problem("org/other").message().contains("no such model"));
    hub.files.remove(WEIGHTS);
    assertEquals("pull.no-weights", problem("org/tiny").id());
    hub.files.put("pytorch_model.bin", CONTENT);
    assertTrue(problem("org/tiny").message().contains("pickles"));
  }
}
