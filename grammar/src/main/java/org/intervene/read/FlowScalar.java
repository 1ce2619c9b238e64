package org.intervene.read;

import java.util.Optional;
import org.yaml.snakeyaml.scanner.ScannerImpl;

/** Decodes plain and quoted scalars: escapes, and lines that fold into spaces. */
final class FlowScalar {
  private final int[] text;
  private final int end;
  private final ScalarDecoding out;
  private int at;

  private FlowScalar(int[] text, int start, int end, int capacity) {
    this.text = text;
    this.at = start;
    this.end = end;
    this.out = new ScalarDecoding(capacity, start);
  }

  static Optional<ScalarDecoding> plain(int[] text, int start, int end, int[] value) {
    FlowScalar scalar = new FlowScalar(text, start, end, value.length);
    while (scalar.at < end) {
      if (!scalar.fold()) {
        scalar.copy();
      }
    }
    return scalar.checked(value);
  }

  static Optional<ScalarDecoding> singleQuoted(int[] text, int start, int end, int[] value) {
    FlowScalar scalar = new FlowScalar(text, start + 1, end - 1, value.length);
    while (scalar.at < scalar.end) {
      if (text[scalar.at] == '\'') {
        scalar.out.add('\'', scalar.at, scalar.at + 2);
        scalar.at += 2;
      } else if (!scalar.fold()) {
        scalar.copy();
      }
    }
    return scalar.checked(value);
  }

  static Optional<ScalarDecoding> doubleQuoted(int[] text, int start, int end, int[] value) {
    FlowScalar scalar = new FlowScalar(text, start + 1, end - 1, value.length);
    while (scalar.at < scalar.end) {
      if (text[scalar.at] == '\\') {
        scalar.escape();
      } else if (!scalar.fold()) {
        scalar.copy();
      }
    }
    return scalar.checked(value);
  }

  private Optional<ScalarDecoding> checked(int[] value) {
    return out.yields(value) ? Optional.of(out) : Optional.empty();
  }

  private void copy() {
    out.add(text[at], at, at + 1);
    at++;
  }

  /** A stretch of spaces and line ends: one line end is a space, each further one a line end. */
  private boolean fold() {
    int next = at;
    int breaks = 0;
    while (next < end && isBlank(text[next])) {
      breaks += text[next] == '\n' ? 1 : 0;
      next++;
    }
    if (breaks == 0) {
      return false;
    }
    out.add(breaks == 1 ? ' ' : '\n', at, next);
    for (int i = 2; i < breaks; i++) {
      out.add('\n', at, next);
    }
    at = next;
    return true;
  }

  private static boolean isBlank(int character) {
    return character == ' ' || character == '\t' || character == '\n';
  }

  private void escape() {
    int first = at;
    char code = (char) text[Math.min(at + 1, text.length - 1)];
    Integer digits = ScannerImpl.ESCAPE_CODES.get(code);
    if (digits != null && at + 2 + digits <= end) {
      String hex = new String(text, at + 2, digits);
      at += 2 + digits;
      out.add(Integer.parseInt(hex, 16), first, at);
    } else if (code == '\n') {
      at += 2;
      skipBlanks();
    } else {
      String plain = ScannerImpl.ESCAPE_REPLACEMENTS.get(code);
      at += 2;
      out.add(plain == null ? code : plain.codePointAt(0), first, at);
    }
  }

  /**
   * Behind an escaped line end, blank lines are line ends and the next line's indent is nothing.
   */
  private void skipBlanks() {
    while (at < end && isBlank(text[at])) {
      if (text[at] == '\n') {
        out.add('\n', at, at + 1);
      }
      at++;
    }
  }
}
