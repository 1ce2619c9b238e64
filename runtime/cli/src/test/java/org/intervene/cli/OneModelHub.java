package org.intervene.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A hub on this machine that has {@code org/tiny}, and may do with its weights what it should not.
 */
final class OneModelHub implements AutoCloseable {
  static final String COMMIT = "89abcdef0123456789abcdef0123456789abcdef";
  static final String WEIGHTS = "model.safetensors";

  /** What happens to whoever asks for the weights. */
  enum Habit {
    HONEST,
    CUTS_ONCE,
    CUTS_AND_FALLS_SILENT,
    LIES_ABOUT_LENGTH,
    SENDS_OTHER_BYTES,
    ASKS_FOR_A_TOKEN
  }

  final Map<String, byte[]> files = new TreeMap<>();
  volatile Habit habit = Habit.HONEST;
  volatile Runnable whenSilent = () -> {};
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  OneModelHub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] weights = new byte[200_000];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (byte) (i * 31 + i / 251);
    }
    files.put(WEIGHTS, weights);
    files.put("config.json", "{}".getBytes(StandardCharsets.UTF_8));
    files.put("tokenizer.json", "{ }".getBytes(StandardCharsets.UTF_8));
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String file = path.substring(path.lastIndexOf('/') + 1);
      if (habit == Habit.ASKS_FOR_A_TOKEN
          && !"Bearer hf_right".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.sendResponseHeaders(401, -1);
      } else if (path.matches("/api/models/org/tiny/revision/(main|" + COMMIT + ")")) {
        byte[] listing = listing().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, listing.length);
        exchange.getResponseBody().write(listing);
      } else if (path.startsWith("/org/tiny/resolve/" + COMMIT + "/") && files.containsKey(file)) {
        send(exchange, file.equals(WEIGHTS) ? habit : Habit.HONEST, files.get(file));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private void send(HttpExchange exchange, Habit how, byte[] content) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
    byte[] bytes = content.clone();
    int until = bytes.length;
    switch (how) {
      case CUTS_ONCE, CUTS_AND_FALLS_SILENT -> until = from == 0 ? bytes.length / 2 : until;
      case SENDS_OTHER_BYTES -> bytes[bytes.length / 2] ^= 1;
      default -> {}
    }
    if (from > 0) {
      exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-/*");
    }
    int lie = how == Habit.LIES_ABOUT_LENGTH ? 7 : 0;
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from + lie);
    exchange.getResponseBody().write(bytes, from, until - from);
    exchange.getResponseBody().flush();
    if (how == Habit.CUTS_AND_FALLS_SILENT) {
      whenSilent.run();
    }
  }

  private String listing() {
    List<String> siblings = new ArrayList<>();
    files.forEach(
        (name, content) ->
            siblings.add(
                "{\"rfilename\": \"%s\", \"size\": %d, \"lfs\": {\"sha256\": \"%s\", \"size\": %d}}"
                    .formatted(name, content.length, sha256(content), content.length)));
    return "{\"sha\": \"" + COMMIT + "\", \"siblings\": [" + String.join(",", siblings) + "]}";
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
