package org.intervene.diagnostic;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of one file, and where its lines begin. Offsets and columns count Unicode code points,
 * so that a caret stands under the character that an editor shows. Line ends are {@code \n}
 * whatever the file had, and a byte order mark is left out.
 */
public final class SourceText {
  private final String name;
  private final String text;
  private final int length;
  private final int[] charStarts;
  private final int[] starts;

  private SourceText(String name, String text) {
    this.name = name;
    this.text = text;
    this.length = text.codePointCount(0, text.length());
    int lines = 1 + (int) text.chars().filter(c -> c == '\n').count();
    charStarts = new int[lines];
    starts = new int[lines];
    int line = 0;
    int offset = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isLowSurrogate(c)) {
        offset++;
      }
      if (c == '\n') {
        line++;
        charStarts[line] = i + 1;
        starts[line] = offset;
      }
    }
  }

  /**
   * A text that is already in memory.
   *
   * @param name the path as the user gave it, or a name such as {@code <inline>}
   */
  public static SourceText of(String name, String text) {
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (body.indexOf('\r') >= 0) {
      body = body.replace("\r\n", "\n").replace('\r', '\n');
    }
    return new SourceText(name, body);
  }

  /**
   * The bytes of a file, which must be UTF-8.
   *
   * @throws DiagnosticException {@code source.encoding}, at the first byte that is not UTF-8
   */
  public static SourceText decode(String name, byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer out = CharBuffer.allocate(bytes.length);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult result = decoder.decode(in, out, true);
    if (!result.isError()) {
      return of(name, out.flip().toString());
    }
    SourceText before = of(name, out.flip().toString());
    Span place = before.span(before.length(), before.length());
    throw DiagnosticException.spec(
        Diagnostic.error(
                "source.encoding",
                place,
                String.format("byte 0x%02X is not UTF-8 text", bytes[in.position()]),
                "save the file as UTF-8")
            .in(name));
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /** How many code points the text has. */
  public int length() {
    return length;
  }

  public int lines() {
    return starts.length;
  }

  /**
   * A line without its end.
   *
   * @param number counted from 1
   */
  public String line(int number) {
    int end = number < charStarts.length ? charStarts[number] - 1 : text.length();
    return text.substring(charStarts[number - 1], end);
  }

  /** The stretch between two offsets, the second one excluded. */
  public Span span(int from, int to) {
    int first = lineOf(from);
    int last = lineOf(to);
    return new Span(first + 1, from - starts[first] + 1, last + 1, to - starts[last] + 1);
  }

  /** The offset of a line and column, both counted from 1. */
  public int offset(int line, int column) {
    return starts[line - 1] + column - 1;
  }

  /** Whether only blanks stand before an offset in its line. */
  public boolean isFirstInLine(int offset) {
    int line = lineOf(offset);
    int end = text.offsetByCodePoints(charStarts[line], offset - starts[line]);
    return text.substring(charStarts[line], end).isBlank();
  }

  /** The offset behind the last visible character between two offsets. */
  public int trimEnd(int from, int to) {
    int first = text.offsetByCodePoints(0, from);
    int end = text.offsetByCodePoints(first, to - from);
    int offset = to;
    while (offset > from && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
      offset--;
    }
    return offset;
  }

  private int lineOf(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : -found - 2;
  }
}
