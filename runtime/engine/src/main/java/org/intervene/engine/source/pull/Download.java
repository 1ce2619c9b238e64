package org.intervene.engine.source.pull;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Fetches one file, goes on where an earlier attempt stopped, and checks length and digest.
 *
 * @param done told how many bytes of the file are here
 */
record Download(
    HubFile file,
    URI address,
    HubClient client,
    Patience patience,
    PullProblem problem,
    LongConsumer done) {
  private static final int BUFFER = 1 << 18;

  /**
   * Fills a partial file until it is whole and right.
   *
   * @param partial what an earlier attempt left, or empty
   * @return bytes that came from the network
   */
  long into(PartialFile partial) throws InterruptedException {
    long fetched = 0;
    boolean resumed = partial.size() > 0;
    for (int failures = 0; ; ) {
      long before = partial.size();
      try {
        if (before < file.size() || before == 0) {
          transfer(partial);
        }
        fetched += Math.max(0, partial.size() - before);
        if (partial.size() == file.size() && partial.is(file.digest())) {
          return fetched;
        }
        partial.cut(0);
        if (!resumed) {
          throw problem.wrongDigest(file.name(), file.digest());
        }
        resumed = false; // the fault may lie in what an earlier run left: once more from the start
      } catch (IOException e) {
        long gained = partial.size() - before;
        fetched += Math.max(0, gained);
        failures = gained > 0 ? 1 : failures + 1;
        if (failures >= patience.attempts()) {
          throw givenUp(e, partial.size());
        }
        patience.pauseAfter(failures, asked(e));
      }
    }
  }

  private void transfer(PartialFile partial) throws IOException, InterruptedException {
    long from = partial.size();
    HttpResponse<InputStream> response = client.get(address, from);
    try (InputStream body = response.body();
        StallGuard guard = new StallGuard(body, patience)) {
      if (response.statusCode() == 416) {
        partial.cut(0);
        throw new IOException("the server cannot go on from byte " + from);
      }
      if (response.statusCode() != 206) {
        partial.cut(0);
      } else if (!startsAt(response, from)) {
        partial.cut(0);
        throw new IOException("the server goes on from somewhere else");
      }
      requireLength(response, partial.size());
      copy(body, partial, guard);
    }
    if (partial.size() < file.size()) {
      throw new IOException("it closed the connection");
    }
  }

  private void copy(InputStream body, PartialFile partial, StallGuard guard) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        guard.alive();
        if (partial.size() + read > file.size()) {
          partial.cut(0);
          throw problem.wrongLength(file.name(), file.size(), file.size() + 1);
        }
        partial.append(buffer, read);
        done.accept(partial.size());
      }
    } catch (IOException e) {
      throw guard.stalled() ? new IOException("nothing came any more", e) : e;
    }
  }

  private static boolean startsAt(HttpResponse<?> response, long from) {
    String range = response.headers().firstValue("Content-Range").orElse("");
    return range.startsWith("bytes " + from + "-");
  }

  private void requireLength(HttpResponse<?> response, long have) {
    long coming = response.headers().firstValueAsLong("Content-Length").orElse(file.size() - have);
    if (have + coming != file.size()) {
      throw problem.wrongLength(file.name(), file.size(), have + coming);
    }
  }

  private RuntimeException givenUp(IOException e, long have) {
    if (e instanceof HubClient.Unreachable) {
      return problem.noConnection(address, e.getMessage());
    }
    if (e instanceof HubClient.BusyServer) {
      return problem.server(address, "answers with " + e.getMessage());
    }
    return problem.cutOff(file.name(), have, file.size(), PullProblem.said(e));
  }

  private static Duration asked(IOException e) {
    return e instanceof HubClient.BusyServer busy ? busy.pause() : Duration.ZERO;
  }
}
