package org.intervene.engine.source.pull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A hub on this machine, with one repository and every bad habit that a server can have. */
final class FakeHub implements AutoCloseable {
  static final String COMMIT = "89abcdef0123456789abcdef0123456789abcdef";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A request as it arrived. */
  record Asked(String method, String path, Optional<String> token, Optional<String> range) {}

  /** What a handler makes of a request for a file, instead of sending it. */
  @FunctionalInterface
  interface Habit {
    /** Answers, or leaves it to the usual handling and says so by {@code false}. */
    boolean answer(HttpExchange exchange, byte[] content) throws IOException;
  }

  final Map<String, byte[]> files = new TreeMap<>();
  final List<Asked> asked = new CopyOnWriteArrayList<>();
  volatile Habit habit = (exchange, content) -> false;
  volatile boolean listsDigests = true;
  volatile Optional<String> token = Optional.empty();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  FakeHub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Asked> askedForFiles() {
    return asked.stream().filter(request -> request.path.contains("/resolve/")).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    Optional<String> authorization = header(exchange, "Authorization");
    asked.add(
        new Asked(exchange.getRequestMethod(), path, authorization, header(exchange, "Range")));
    try (exchange) {
      if (token.isPresent() && !authorization.equals(token.map(t -> "Bearer " + t))) {
        exchange.sendResponseHeaders(401, -1);
      } else if (path.matches("/api/models/org/tiny/revision/(main|pr%2F1|" + COMMIT + ")")) {
        send(exchange, 200, listing(), 0);
      } else if (path.startsWith("/api/models/org/tiny/revision/")) {
        exchange.getResponseHeaders().add("X-Error-Code", "RevisionNotFound");
        exchange.sendResponseHeaders(404, -1);
      } else if (path.startsWith("/org/tiny/resolve/" + COMMIT + "/")) {
        file(exchange, files.get(path.substring(path.lastIndexOf('/') + 1)));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private void file(HttpExchange exchange, byte[] content) throws IOException {
    if (habit.answer(exchange, content)) {
      return;
    }
    exchange.getResponseHeaders().add("ETag", "\"" + gitSha1(content) + "\"");
    String range = header(exchange, "Range").orElse("bytes=0-");
    int from = Integer.parseInt(range.substring(6, range.length() - 1));
    if (from > 0) {
      String span = "bytes " + from + "-" + (content.length - 1) + "/" + content.length;
      exchange.getResponseHeaders().add("Content-Range", span);
    }
    send(exchange, from > 0 ? 206 : 200, content, from);
  }

  /** Sends the rest of a content. */
  static void send(HttpExchange exchange, int status, byte[] content, int from) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().add("Content-Length", String.valueOf(content.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, content.length - from == 0 ? -1 : content.length - from);
    exchange.getResponseBody().write(content, from, content.length - from);
  }

  /** Promises all of the rest, sends some bytes of it, and hangs up. */
  static boolean cutAfter(int bytes, HttpExchange exchange, byte[] content) throws IOException {
    String range = header(exchange, "Range").orElse("bytes=0-");
    int from = Integer.parseInt(range.substring(6, range.length() - 1));
    if (content.length - from <= bytes) {
      return false;
    }
    if (from > 0) {
      exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-/*");
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
    exchange.getResponseBody().write(content, from, bytes);
    exchange.getResponseBody().flush();
    return true;
  }

  private static Optional<String> header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  private byte[] listing() throws IOException {
    ObjectNode root = JSON.createObjectNode().put("sha", COMMIT);
    ArrayNode siblings = root.putArray("siblings");
    files.forEach(
        (name, content) -> {
          ObjectNode file = siblings.addObject().put("rfilename", name);
          if (listsDigests) {
            file.put("size", content.length).put("blobId", gitSha1(content));
            if (name.endsWith(".safetensors")) {
              file.putObject("lfs").put("sha256", sha256(content)).put("size", content.length);
            }
          }
        });
    return JSON.writeValueAsBytes(root);
  }

  static String sha256(byte[] content) {
    return HexFormat.of().formatHex(digest("SHA-256").digest(content));
  }

  static String gitSha1(byte[] content) {
    MessageDigest digest = digest("SHA-1");
    digest.update(
        ("blob " + content.length + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest(content));
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Bytes of which no two neighbours are the same. */
  static byte[] content(int length) {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) (i * 31 + i / 251);
    }
    return content;
  }

  /** The same length, other bytes. */
  static byte[] changed(byte[] content) {
    byte[] changed = Arrays.copyOf(content, content.length);
    changed[changed.length / 2] ^= 1;
    return changed;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
