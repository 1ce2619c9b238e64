package org.intervene.track;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code Authorization} of requests, from the variables that MLflow's own client reads. */
final class Credentials {
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]*");

  private Credentials() {}

  /**
   * The value of that header, if any is set.
   *
   * @throws IllegalArgumentException if no header can hold it
   */
  static Optional<String> of(Map<String, String> environment) {
    String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
    String password = environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
    String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "").strip();
    if (!user.isEmpty() && !password.isEmpty()) {
      byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }
    if (!TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException("MLFLOW_TRACKING_TOKEN has a character that no token has");
    }
    return Optional.of(token).filter(t -> !t.isEmpty()).map(t -> "Bearer " + t);
  }
}
