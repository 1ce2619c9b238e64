package org.intervene.replay;

import java.util.stream.Collectors;

/** Lines that GitHub's runners turn into annotations of the changed files. */
public final class Annotations {
  private static final int MOST_LINES = 10;

  private Annotations() {}

  /** The annotation of a spec that did not pass. */
  public static String of(Replayed replayed) {
    String text = replayed.details().stream().limit(MOST_LINES).collect(Collectors.joining("\n"));
    return "::error file=%s,line=%d,title=%s::%s"
        .formatted(
            property(replayed.spec().toString()),
            replayed.line(),
            property("intervene replay"),
            data(text));
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
