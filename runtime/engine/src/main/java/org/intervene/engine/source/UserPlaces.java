package org.intervene.engine.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where the user keeps models and caches.
 *
 * @param variables an environment variable's value by its name, or null
 * @param home the user's home directory
 */
public record UserPlaces(UnaryOperator<String> variables, Path home) {

  /** Those of this process. */
  public static UserPlaces ofProcess() {
    return new UserPlaces(System::getenv, Path.of(System.getProperty("user.home")));
  }

  /** The value of a variable that is set and not empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.apply(name)).filter(value -> !value.isBlank());
  }

  /** A directory that a variable names; {@code ~} is the home directory. */
  public Optional<Path> directory(String variable) {
    return variable(variable).map(this::path);
  }

  /** A path as a user writes it. */
  public Path path(String written) {
    if (written.equals("~")) {
      return home;
    }
    return written.startsWith("~/") ? home.resolve(written.substring(2)) : Path.of(written);
  }

  /** The hub's cache, found as {@code huggingface_hub} finds it. */
  public Path hubCache() {
    return directory("HF_HUB_CACHE")
        .or(() -> directory("HUGGINGFACE_HUB_CACHE"))
        .orElseGet(() -> hubHome().resolve("hub"))
        .toAbsolutePath()
        .normalize();
  }

  /** Where the hub's tools keep the token that the user logged in with; perhaps there is none. */
  public Path tokenFile() {
    return directory("HF_TOKEN_PATH").orElseGet(() -> hubHome().resolve("token"));
  }

  private Path hubHome() {
    return directory("HF_HOME").orElseGet(() -> caches().resolve("huggingface"));
  }

  /** Whether a variable says yes, as {@code huggingface_hub} reads it. */
  public boolean says(String variable) {
    return variable(variable)
        .map(value -> List.of("1", "on", "yes", "true").contains(value.toLowerCase(Locale.ROOT)))
        .orElse(false);
  }

  /** What this program may delete and make again. */
  public Path ownCache() {
    return directory("INTERVENE_CACHE")
        .orElseGet(() -> caches().resolve("intervene"))
        .toAbsolutePath()
        .normalize();
  }

  private Path caches() {
    return directory("XDG_CACHE_HOME").orElseGet(() -> home.resolve(".cache"));
  }
}
