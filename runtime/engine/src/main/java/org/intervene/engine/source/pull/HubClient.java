package org.intervene.engine.source.pull;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks the hub. Redirects are followed here and not by the JDK, so that the token goes to the hub
 * alone and an encrypted request never becomes a plain one.
 */
final class HubClient {
  private static final int MOST_REDIRECTS = 8;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);

  private final HubAddress hub;
  private final Patience patience;
  private final PullProblem problem;
  private final HttpClient client;

  HubClient(HubAddress hub, Patience patience, PullProblem problem) {
    this.hub = hub;
    this.patience = patience;
    this.problem = problem;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .connectTimeout(patience.answer())
            .build();
  }

  /**
   * An answer with status 200, 206 or 416; the caller closes its body.
   *
   * @param from first byte wanted; 0 for all
   * @throws IOException if trying again may help
   * @throws org.intervene.diagnostic.DiagnosticException if it cannot
   */
  HttpResponse<InputStream> get(URI address, long from) throws IOException, InterruptedException {
    URI at = address;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      HttpResponse<InputStream> response = send(at, "GET", from);
      if (!REDIRECTS.contains(response.statusCode())) {
        requireUsable(response, at);
        return response;
      }
      response.body().close();
      at = next(at, response);
    }
    throw problem.redirect(address, "in a circle");
  }

  /** The headers of an address itself, not of where it leads. */
  HttpResponse<InputStream> head(URI address) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = send(address, "HEAD", 0);
    response.body().close();
    if (!REDIRECTS.contains(response.statusCode())) {
      requireUsable(response, address);
    }
    return response;
  }

  private HttpResponse<InputStream> send(URI address, String method, long from)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(patience.answer())
            .header("User-Agent", "intervene")
            .header("Accept-Encoding", "identity")
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    if (hub.trusts(address)) {
      hub.token().ifPresent(token -> request.header("Authorization", "Bearer " + token.value()));
    }
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new Unreachable(why(e));
    }
  }

  /** A name that does not resolve has no message of its own. */
  private static String why(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "its name is unknown";
      }
    }
    return e.getMessage() == null ? "no connection" : e.getMessage();
  }

  private URI next(URI from, HttpResponse<InputStream> response) {
    Optional<String> location = response.headers().firstValue("Location");
    URI to;
    try {
      to = from.resolve(location.orElse(""));
    } catch (IllegalArgumentException e) {
      throw problem.redirect(from, "to something that is no address");
    }
    if (location.isEmpty() || !HubAddress.isWeb(to)) {
      throw problem.redirect(from, "to something that is no http or https address");
    }
    if (from.getScheme().equals("https") && to.getScheme().equals("http")) {
      throw problem.redirect(from, "from an encrypted to a plain connection");
    }
    return to;
  }

  private void requireUsable(HttpResponse<InputStream> response, URI address) throws IOException {
    int status = response.statusCode();
    if (status == 200 || status == 206 || status == 416) {
      return;
    }
    response.body().close();
    if (status == 401 || status == 403) {
      throw problem.token(address, status, hub.token().map(HubToken::from));
    }
    if (status == 404) {
      throw problem.notFound(missing(response));
    }
    if (status == TOO_MANY_REQUESTS || status >= 500) {
      throw new BusyServer(status, retryAfter(response));
    }
    throw problem.server(address, "answers with status " + status);
  }

  private String missing(HttpResponse<InputStream> response) {
    return switch (response.headers().firstValue("X-Error-Code").orElse("")) {
      case "RevisionNotFound" -> "revision `" + problem.name().revision() + "` of this model";
      case "EntryNotFound" -> "such file, although it lists it";
      default -> "such model";
    };
  }

  private static Duration retryAfter(HttpResponse<InputStream> response) {
    String seconds = response.headers().firstValue("Retry-After").orElse("0");
    return seconds.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : Duration.ZERO;
  }

  /** No connection came about. */
  static final class Unreachable extends IOException {
    private static final long serialVersionUID = 1L;

    Unreachable(String why) {
      super(why);
    }
  }

  /** The server asks for patience. */
  static final class BusyServer extends IOException {
    private static final long serialVersionUID = 1L;
    private final Duration pause;

    BusyServer(int status, Duration pause) {
      super("status " + status);
      this.pause = pause;
    }

    Duration pause() {
      return pause;
    }
  }
}
