package org.intervene.diagnostic;

/**
 * A source line as it is shown: tabs as spaces, characters that cannot be shown replaced, and a
 * very long line cut around the part that is marked.
 */
final class Excerpt {
  private static final int WIDTH = 120;
  private static final int CONTEXT = 40;
  private static final int TAB = 4;
  private static final String CUT = "…";

  private final StringBuilder text = new StringBuilder();
  private int before;
  private int carets;

  /**
   * Shows a line.
   *
   * @param from first marked column, counted from 1
   * @param to first column that is no longer marked
   */
  Excerpt(String line, int from, int to) {
    int[] characters = line.codePoints().toArray();
    int last = characters.length;
    while (last > 0 && Character.isWhitespace(characters[last - 1])) {
      last--;
    }
    int marked = Math.min(from - 1, characters.length);
    boolean isLong = width(characters, 0, last) > WIDTH;
    int first = isLong ? start(characters, marked) : 0;
    int column = 0;
    if (first > 0) {
      text.append(CUT);
      column++;
    }
    before = column;
    int end = Math.max(last, Math.max(marked, Math.min(to - 1, characters.length)));
    for (int i = first; i < end; i++) {
      int width = Glyphs.width(characters[i], column, TAB);
      if (isLong && column + width > WIDTH) {
        text.append(i < last ? CUT : "");
        break;
      }
      column += width;
      if (i < marked) {
        before = column;
      } else if (i < to - 1) {
        carets += width;
      }
      text.append(i < last ? Glyphs.shown(characters[i], width) : "");
    }
    carets = Math.max(1, carets);
  }

  private static int width(int[] characters, int from, int to) {
    int width = 0;
    for (int i = from; i < to; i++) {
      width += Glyphs.width(characters[i], width, TAB);
    }
    return width;
  }

  /** Where to begin so that the mark and some of what stands before it are seen. */
  private static int start(int[] characters, int marked) {
    int first = marked;
    int width = 0;
    while (first > 0 && width < CONTEXT) {
      first--;
      width += Glyphs.width(characters[first], 0, TAB);
    }
    return width(characters, 0, marked) < CONTEXT ? 0 : first;
  }

  String text() {
    return text.toString();
  }

  /** Columns before the first caret. */
  int before() {
    return before;
  }

  /** How many columns are marked, at least one. */
  int carets() {
    return carets;
  }
}
