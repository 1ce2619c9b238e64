package org.intervene.track;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that does not do what MLflow's does. */
final class BrokenServer implements AutoCloseable {
  private static final String FINE =
      """
      {"experiment": {"experiment_id": "1"}, "run": {"info": {"run_id": "7"}}}
      """;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What becomes of a request. */
  private interface Behaviour {
    void answer(HttpExchange exchange, BrokenServer server) throws IOException;
  }

  private BrokenServer(Behaviour behaviour) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          asked.add(exchange.getRequestURI() + " " + new String(body, StandardCharsets.UTF_8));
          authorizations.addAll(
              exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
          behaviour.answer(exchange, this);
        });
    server.start();
  }

  /** All is well until a call fails. */
  static BrokenServer failingAt(String call) throws IOException {
    String failure = "{\"error_code\": \"INTERNAL_ERROR\", \"message\": \"no\\nroom\"}";
    return new BrokenServer(
        (exchange, server) -> {
          boolean fails = exchange.getRequestURI().getPath().contains(call);
          say(exchange, fails ? 500 : 200, fails ? failure : FINE);
        });
  }

  static BrokenServer saying(String text) throws IOException {
    return new BrokenServer((exchange, server) -> say(exchange, 200, text));
  }

  /**
   * Never finishes an answer.
   *
   * @param begins whether it begins one
   */
  static BrokenServer hanging(boolean begins) throws IOException {
    return new BrokenServer(
        (exchange, server) -> {
          if (begins) {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
          }
          server.untilClosed();
        });
  }

  /** Says more than anybody can hold. */
  static BrokenServer flooding() throws IOException {
    return new BrokenServer(
        (exchange, server) -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] spaces = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
          while (server.closed.getCount() > 0) {
            exchange.getResponseBody().write(spaces); // ends with the connection
          }
        });
  }

  private void untilClosed() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(HttpExchange exchange, int status, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }

  URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }

  List<String> asked() {
    return asked;
  }

  List<String> authorizations() {
    return authorizations;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
