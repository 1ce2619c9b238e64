package org.intervene.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Says again what a real MLflow server said, and keeps what it was asked instead. */
final class Recording implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("src/test/resources/mlflow");

  private final HttpServer server;
  private final Iterator<JsonNode> expected;
  private final List<String> surprises = new ArrayList<>();

  Recording(String name) throws IOException {
    expected = read("server").path("server").path(name).iterator();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  static JsonNode read(String name) throws IOException {
    return JSON.readTree(FOLDER.resolve(name + ".json").toFile());
  }

  URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body;
    JsonNode recorded = expected.hasNext() ? expected.next() : JSON.createObjectNode();
    String then =
        "%s %s %s"
            .formatted(
                recorded.path("method").asText(),
                recorded.path("target").asText(),
                recorded.path("body").asText());
    if (!asked.equals(then)) {
      surprises.add(asked + "\ninstead of\n" + then);
    }
    byte[] content = recorded.path("answer").asText().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(
        recorded.path("status").asInt(500), content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }

  /** What was asked and had not been, or the other way round; empty if nothing. */
  synchronized List<String> surprises() {
    expected.forEachRemaining(left -> surprises.add("not asked: " + left.path("target")));
    return surprises;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
