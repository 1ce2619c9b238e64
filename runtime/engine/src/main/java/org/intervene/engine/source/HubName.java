package org.intervene.engine.source;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A model of the Hugging Face hub, as a spec names it behind {@code hf:}.
 *
 * @param repository {@code ORG/NAME}, or {@code NAME} alone for the oldest models
 * @param revision a branch, a tag or a commit
 */
public record HubName(String repository, String revision) {
  private static final String PART = "[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?";
  private static final Pattern REPOSITORY = Pattern.compile("(?:" + PART + "/)?" + PART);
  private static final Pattern REVISION =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*(?:/[A-Za-z0-9_][A-Za-z0-9._+-]*)*");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /** The branch that is meant where none is written. */
  public static final String DEFAULT_REVISION = "main";

  /** Reads {@code ORG/NAME} or {@code ORG/NAME@REVISION}; empty if it is neither. */
  public static Optional<HubName> parse(String written) {
    int at = written.indexOf('@');
    String repository = at < 0 ? written : written.substring(0, at);
    String revision = at < 0 ? DEFAULT_REVISION : written.substring(at + 1);
    boolean wellFormed =
        REPOSITORY.matcher(repository).matches()
            && !repository.contains("--")
            && !repository.contains("..")
            && REVISION.matcher(revision).matches()
            && !revision.contains("..");
    return wellFormed ? Optional.of(new HubName(repository, revision)) : Optional.empty();
  }

  /** Whether a text is a full commit hash. */
  public static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }

  /** Name of the folder in the hub's cache: {@code models--ORG--NAME}. */
  public String folder() {
    return "models--" + repository.replace("/", "--");
  }

  /** {@code hf:ORG/NAME@REVISION}. */
  @Override
  public String toString() {
    return "hf:" + repository + "@" + revision;
  }
}
