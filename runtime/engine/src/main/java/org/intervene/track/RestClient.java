package org.intervene.track;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Calls of MLflow's REST interface. Redirects are not followed, so that credentials go to the named
 * server alone.
 */
final class RestClient {
  private static final String API = "/api/2.0/";
  private static final long BYTES_PER_SECOND = 1 << 20;
  private static final int LONGEST_ANSWER = 1 << 20;

  private final URI server;
  private final Optional<String> authorization;
  private final Duration patience;
  private final HttpClient client;
  private final ObjectMapper mapper = new ObjectMapper();

  /** What a server said. */
  private record Answer(int status, byte[] body) {}

  /**
   * @param patience for an answer; files get a second more for each MiB
   */
  RestClient(URI server, Optional<String> authorization, Duration patience) {
    this.server = server;
    this.authorization = authorization;
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build();
  }

  String server() {
    return server.toString().replaceAll("/+$", "");
  }

  JsonNode get(String call, String key, String value) throws NotTracked, InterruptedException {
    String query = "?" + key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    return send(call, request("mlflow/" + call + query).GET(), patience);
  }

  JsonNode post(String call, ObjectNode body) throws NotTracked, InterruptedException {
    BodyPublisher text = BodyPublishers.ofString(body.toString());
    HttpRequest.Builder request =
        request("mlflow/" + call).header("Content-Type", "application/json").POST(text);
    return send(call, request, patience);
  }

  /**
   * Uploads a file through the server.
   *
   * @param path in the server's own store of files
   */
  void put(String path, Path file) throws NotTracked, InterruptedException {
    String encoded =
        Arrays.stream(path.split("/"))
            .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
            .collect(Collectors.joining("/"));
    try {
      HttpRequest.Builder request =
          request("mlflow-artifacts/artifacts/" + encoded)
              .header("Content-Type", "application/octet-stream")
              .PUT(BodyPublishers.ofFile(file));
      send(
          String.valueOf(file.getFileName()),
          request,
          patience.plusSeconds(Files.size(file) / BYTES_PER_SECOND));
    } catch (FileNotFoundException e) {
      throw new NotTracked(file + " is not there any more", e);
    } catch (IOException e) {
      throw new NotTracked(file + " cannot be read", e);
    }
  }

  private HttpRequest.Builder request(String call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server() + API + call)).header("User-Agent", "intervene");
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private JsonNode send(String call, HttpRequest.Builder request, Duration limit)
      throws NotTracked, InterruptedException {
    CompletableFuture<Answer> answer =
        client
            .sendAsync(request.build(), BodyHandlers.ofInputStream())
            .thenApplyAsync(RestClient::read);
    try {
      // the client's own limit ends with the headers; a body that never ends is no answer either
      return content(call, answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw new NotTracked(
          "%s did not answer %s within %d s".formatted(server(), call, limit.toSeconds()), e);
    } catch (ExecutionException e) {
      throw new NotTracked(why(e.getCause(), call), e);
    } finally {
      answer.cancel(true);
    }
  }

  private String why(Throwable failure, String call) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return server() + " has a name that is unknown";
      }
    }
    return failure instanceof ConnectException
        ? server() + " does not accept a connection"
        : "%s broke off at %s: %s".formatted(server(), call, failure.getMessage());
  }

  private static Answer read(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      return new Answer(response.statusCode(), body.readNBytes(LONGEST_ANSWER));
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private JsonNode content(String call, Answer answer) throws NotTracked {
    JsonNode body = json(answer.body());
    int status = answer.status();
    if (status != 200) {
      String code = body.path("error_code").asText();
      String said = (code + " " + body.path("message").asText()).strip();
      String reason = "%s answered %s with status %d".formatted(server(), call, status);
      throw NotTracked.refused(said.isEmpty() ? reason : reason + ": " + said, code);
    } else if (body.isMissingNode() && answer.body().length > 0) {
      throw new NotTracked(
          "%s answered %s with something that is not JSON: it is no MLflow server"
              .formatted(server(), call));
    }
    return body;
  }

  private JsonNode json(byte[] body) {
    try {
      return mapper.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
