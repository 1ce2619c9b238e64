package org.intervene.track;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** A place where runs are tracked. */
public sealed interface Tracker permits FileStore, RestServer {
  /** How long a server may take for one answer. */
  Duration PATIENCE = Duration.ofSeconds(20);

  /** The last port that there is. */
  int LAST_PORT = 65_535;

  /**
   * Adds a run, and its experiment where there is none.
   *
   * @return where it can be seen
   * @throws NotTracked with the reason
   */
  String track(TrackedRun run) throws NotTracked, InterruptedException;

  /**
   * A tracker by what the command line calls it: a directory, or the address of a server.
   *
   * @param environment may hold MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or
   *     MLFLOW_TRACKING_TOKEN, as for MLflow's own client
   * @throws IllegalArgumentException if it is neither, and why
   */
  static Tracker of(String place, Map<String, String> environment) {
    if (!place.contains("://")) {
      return new FileStore(directory(place));
    }
    URI address = address(place);
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (scheme.equals("file")) {
      return new FileStore(directory(address));
    } else if (!scheme.equals("http") && !scheme.equals("https") || address.getHost() == null) {
      throw new IllegalArgumentException("it is neither a directory nor an http or https address");
    } else if (address.getPort() > LAST_PORT) {
      throw new IllegalArgumentException("ports end at " + LAST_PORT);
    } else if (address.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "a password does not belong into an address: set MLFLOW_TRACKING_USERNAME and"
              + " MLFLOW_TRACKING_PASSWORD");
    } else if (address.getRawQuery() != null || address.getRawFragment() != null) {
      throw new IllegalArgumentException("the address of a server ends with its path");
    }
    return new RestServer(new RestClient(address, Credentials.of(environment), PATIENCE));
  }

  private static URI address(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it is no address", e);
    }
  }

  private static Path directory(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("it is no name of a directory", e);
    }
  }

  private static Path directory(URI address) {
    try {
      return Path.of(address);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it is no name of a directory on this machine", e);
    }
  }
}
