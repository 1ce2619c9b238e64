package org.intervene.replay;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A report that CI systems show: one test case a spec, in the form of Ant's JUnit task. */
public final class JunitXml {
  private final StringBuilder out = new StringBuilder();

  private JunitXml() {}

  /** The report of several specs. */
  public static String of(List<Replayed> all) {
    JunitXml xml = new JunitXml();
    long errors = all.stream().filter(r -> r.stopped().isPresent()).count();
    long failures = all.stream().filter(r -> !r.passed()).count() - errors;
    Duration wall = all.stream().map(Replayed::wall).reduce(Duration.ZERO, Duration::plus);
    xml.out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.out.append(
        String.format(
            Locale.ROOT,
            "<testsuite name=\"intervene replay\" tests=\"%d\" failures=\"%d\" errors=\"%d\""
                + " skipped=\"0\" time=\"%s\">\n",
            all.size(),
            failures,
            errors,
            seconds(wall)));
    all.forEach(xml::testCase);
    return xml.out.append("</testsuite>\n").toString();
  }

  private void testCase(Replayed replayed) {
    String parent =
        replayed.spec().getParent() == null ? "." : replayed.spec().getParent().toString();
    out.append("  <testcase");
    attribute("classname", parent);
    attribute("name", replayed.spec().getFileName().toString());
    attribute("file", replayed.spec().toString());
    attribute("time", seconds(replayed.wall()));
    if (replayed.passed()) {
      out.append("/>\n");
      return;
    }
    String kind = replayed.stopped().isPresent() ? "error" : "failure";
    out.append(">\n    <").append(kind);
    attribute("message", replayed.summary());
    out.append('>').append(escaped(String.join("\n", replayed.details())));
    out.append("</").append(kind).append(">\n  </testcase>\n");
  }

  private void attribute(String name, String value) {
    out.append(' ').append(name).append("=\"").append(escaped(value)).append('"');
  }

  private static String seconds(Duration wall) {
    return String.format(Locale.ROOT, "%.3f", wall.toNanos() / 1e9);
  }

  /** A text without what XML 1.0 cannot hold. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  private static boolean isAllowed(int c) {
    return c == '\n'
        || c == '\t'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
