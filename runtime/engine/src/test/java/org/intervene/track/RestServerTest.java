package org.intervene.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exchange with a server, as one of MLflow's own had it, and with servers that are broken. */
class RestServerTest {
  @TempDir Path folder;

  private TrackedRun run;

  @BeforeEach
  void sample() throws IOException {
    run = SampleRun.in(folder);
  }

  private static Tracker at(URI address) {
    return new RestServer(new RestClient(address, Optional.empty(), Duration.ofMinutes(1)));
  }

  private String refusal(URI address) {
    return refusal(address, Duration.ofMinutes(1));
  }

  private String refusal(URI address, Duration patience) {
    Tracker tracker = new RestServer(new RestClient(address, Optional.empty(), patience));
    return assertThrows(NotTracked.class, () -> tracker.track(run)).getMessage();
  }

  @Test
  void asksWhatARealServerUnderstood() throws Exception {
    try (Recording server = new Recording("tracked")) {
      String first = at(server.address()).track(run);
      String second = at(server.address()).track(run);
      assertEquals(List.of(), server.surprises());
      assertTrue(first.matches("http://localhost:[0-9]+/#/experiments/1/runs/[0-9a-f]{32}"), first);
      assertEquals(first.replaceFirst("[^/]*$", ""), second.replaceFirst("[^/]*$", ""));
    }
  }

  @Test
  void aDeletedExperimentIsNotFilled() throws IOException {
    try (Recording server = new Recording("deleted")) {
      String reason = refusal(server.address());
      assertTrue(reason.startsWith("experiment `subject tracing: \"\u00e9\"` is deleted"), reason);
      assertEquals(List.of(), server.surprises());
    }
  }

  @Test
  void withoutAStoreOfFilesTheNumbersAreTracked() throws IOException {
    try (Recording server = new Recording("without_files")) {
      String reason = refusal(server.address());
      assertTrue(reason.startsWith("its numbers are tracked, its files are not: "), reason);
      assertTrue(reason.endsWith("start it with --serve-artifacts"), reason);
      assertEquals(List.of(), server.surprises());
    }
  }

  @Test
  void aRunThatCouldNotBeFilledIsMarkedAsFailed() throws IOException {
    try (BrokenServer server = BrokenServer.failingAt("runs/log-batch")) {
      String reason = refusal(server.address());
      assertTrue(
          reason.endsWith("answered runs/log-batch with status 500: INTERNAL_ERROR no room"),
          reason);
      String last = server.asked().get(server.asked().size() - 1);
      assertTrue(last.contains("runs/update") && last.contains("\"FAILED\""), last);
    }
  }

  @Test
  void aServerThatFailsIsAReason() throws IOException {
    try (BrokenServer server = BrokenServer.failingAt("get-by-name")) {
      String reason = refusal(server.address());
      assertTrue(reason.contains("status 500: INTERNAL_ERROR no room"), reason);
      assertEquals(1, server.asked().size());
    }
  }

  @Test
  void aServerThatHangsIsAReason() throws IOException {
    try (BrokenServer server = BrokenServer.hanging(false)) {
      String reason = refusal(server.address(), Duration.ofMillis(50));
      assertTrue(reason.contains("did not answer experiments/get-by-name"), reason);
    }
  }

  @Test
  void anAnswerThatNeverEndsIsAReason() throws IOException {
    try (BrokenServer server = BrokenServer.hanging(true)) {
      String reason = refusal(server.address(), Duration.ofSeconds(1));
      assertTrue(reason.contains("did not answer experiments/get-by-name"), reason);
    }
  }

  @Test
  void anAnswerWithoutMeasureIsNotKept() throws IOException {
    try (BrokenServer server = BrokenServer.flooding()) {
      assertTrue(refusal(server.address()).endsWith("it is no MLflow server"));
    }
  }

  @Test
  void whatIsNoServerOfMlflowIsAReason() throws IOException {
    try (BrokenServer server = BrokenServer.saying("<html>\u001b[2J</html>")) {
      String reason = refusal(server.address());
      assertTrue(reason.endsWith("it is no MLflow server"), reason);
    }
    try (BrokenServer server = BrokenServer.saying("{}")) {
      String reason = refusal(server.address());
      assertTrue(reason.endsWith("get-by-name has no `experiment_id`"), reason);
    }
  }

  @Test
  void aClosedPortIsAReason() throws IOException {
    URI gone;
    try (BrokenServer server = BrokenServer.saying("")) {
      gone = server.address();
    }
    String reason = refusal(gone);
    assertTrue(reason.endsWith("does not accept a connection"), reason);
  }

  @Test
  void credentialsAreThoseOfMlflow() throws IOException {
    TreeMap<String, String> environment = new TreeMap<>();
    assertEquals(Optional.empty(), Credentials.of(environment));
    environment.put("MLFLOW_TRACKING_TOKEN", "t0ken");
    assertEquals(Optional.of("Bearer t0ken"), Credentials.of(environment));
    environment.put("MLFLOW_TRACKING_TOKEN", "a\nb");
    assertThrows(IllegalArgumentException.class, () -> Credentials.of(environment));
    environment.put("MLFLOW_TRACKING_USERNAME", "user");
    environment.put("MLFLOW_TRACKING_PASSWORD", "pass");
    assertEquals(Optional.of("Basic dXNlcjpwYXNz"), Credentials.of(environment));
    try (BrokenServer server = BrokenServer.saying("{}")) {
      Tracker tracker = Tracker.of(server.address().toString(), environment);
      assertThrows(NotTracked.class, () -> tracker.track(run));
      assertEquals(List.of("Basic dXNlcjpwYXNz"), server.authorizations());
    }
  }
}
