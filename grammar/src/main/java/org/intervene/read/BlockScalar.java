package org.intervene.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decodes literal ({@code |}) and folded ({@code >}) scalars. */
final class BlockScalar {
  /** A line below the header: where it starts and where its end is. */
  private record Line(int start, int end) {
    int length() {
      return end - start;
    }
  }

  private final int[] text;
  private final List<Line> lines = new ArrayList<>();

  private BlockScalar(int[] text, int start, int end) {
    this.text = text;
    int at = start;
    while (at < end && text[at] != '\n') {
      at++;
    }
    while (at < end) {
      int first = ++at;
      while (at < end && text[at] != '\n') {
        at++;
      }
      lines.add(new Line(first, at));
    }
  }

  /** Tries each indentation that the first line allows; the value tells which was meant. */
  static Optional<ScalarDecoding> decode(
      int[] text, int start, int end, int[] value, boolean folded) {
    BlockScalar scalar = new BlockScalar(text, start, end);
    for (int indent = scalar.deepest(); indent >= 1; indent--) {
      ScalarDecoding decoding = scalar.decode(indent, value.length, folded);
      if (decoding.yieldsBeforeLineEnds(value)) {
        return Optional.of(decoding);
      }
    }
    return Optional.empty();
  }

  private int deepest() {
    for (Line line : lines) {
      int spaces = spaces(line);
      if (spaces < line.length()) {
        return spaces;
      }
    }
    return 0;
  }

  private int spaces(Line line) {
    int spaces = 0;
    while (spaces < line.length() && text[line.start + spaces] == ' ') {
      spaces++;
    }
    return spaces;
  }

  private ScalarDecoding decode(int indent, int capacity, boolean folded) {
    ScalarDecoding out = new ScalarDecoding(capacity, lines.isEmpty() ? 0 : lines.get(0).start);
    Line previous = null;
    int blank = 0;
    for (Line line : lines) {
      if (line.length() <= indent && spaces(line) == line.length()) {
        blank++;
        continue;
      }
      if (previous == null) {
        lineEnds(out, blank, line.start);
      } else if (folded && isText(previous, indent) && isText(line, indent)) {
        if (blank == 0) {
          out.add(' ', previous.end, line.start + indent);
        }
        lineEnds(out, blank, line.start);
      } else {
        lineEnds(out, blank + 1, line.start);
      }
      blank = 0;
      for (int at = line.start + indent; at < line.end; at++) {
        out.add(text[at], at, at + 1);
      }
      previous = line;
    }
    return out;
  }

  private static void lineEnds(ScalarDecoding out, int number, int at) {
    for (int i = 0; i < number; i++) {
      out.add('\n', at, at);
    }
  }

  /** Lines that start with blank space keep their line ends when others fold. */
  private boolean isText(Line line, int indent) {
    int first = text[line.start + indent];
    return first != ' ' && first != '\t';
  }
}
