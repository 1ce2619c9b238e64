package org.intervene.engine.source.pull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.intervene.engine.source.UserPlaces;

/**
 * What the user proves to the hub who asks; found where {@code huggingface_hub} finds it.
 *
 * @param value the secret, never shown
 * @param from where it was found, for messages
 */
record HubToken(String value, String from) {
  /** What a header may hold. */
  private static final Pattern PLAIN = Pattern.compile("[!-~]+");

  /**
   * The token of {@code HF_TOKEN}, or else the one that the user logged in with, unless {@code
   * HF_HUB_DISABLE_IMPLICIT_TOKEN} forbids that.
   */
  static Optional<HubToken> of(UserPlaces places, PullProblem problem) {
    for (String variable : new String[] {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"}) {
      Optional<String> value = places.variable(variable);
      if (value.isPresent()) {
        return Optional.of(checked(value.get(), variable, problem));
      }
    }
    Path file = places.tokenFile();
    if (places.says("HF_HUB_DISABLE_IMPLICIT_TOKEN") || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      String value = Files.readString(file);
      return value.isBlank()
          ? Optional.empty()
          : Optional.of(checked(value, "`" + file + "`", problem));
    } catch (IOException e) {
      throw problem.unreadableToken(file, e);
    }
  }

  private static HubToken checked(String written, String from, PullProblem problem) {
    String value = written.strip();
    if (!PLAIN.matcher(value).matches()) {
      throw problem.malformedToken(from);
    }
    return new HubToken(value, from);
  }

  /** Hides the secret from whoever prints this. */
  @Override
  public String toString() {
    return "token of " + from;
  }
}
