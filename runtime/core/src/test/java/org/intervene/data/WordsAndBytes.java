package org.intervene.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intervene.model.Tokenizer;

/**
 * A tokenizer for tests: words it knows, each with the space in front of it, are one token;
 * everything else is one token for each UTF-8 byte, several of which may share a character. Ids 0
 * to 255 are the bytes, 256 is {@code <s>}, which begins every input, and then come the words.
 */
final class WordsAndBytes implements Tokenizer {
  static final int BOS = 256;
  private static final int FIRST_WORD = 257;
  private static final Pattern PIECE =
      Pattern.compile(" ?[\\p{L}\\p{M}]+| ?[^\\s\\p{L}\\p{M}]+|\\s");

  private final List<String> words;

  WordsAndBytes(String... words) {
    this.words = List.of(words);
  }

  @Override
  public Encoding encode(String text) {
    List<int[]> pieces = pieces(text);
    pieces.add(0, new int[] {BOS, -1, -1});
    return new Encoding(column(pieces, 0), column(pieces, 1), column(pieces, 2));
  }

  @Override
  public int[] tokensOf(String text) {
    return column(pieces(text), 0);
  }

  private List<int[]> pieces(String text) {
    List<int[]> pieces = new ArrayList<>();
    Matcher matcher = PIECE.matcher(text);
    while (matcher.find()) {
      int word = words.indexOf(matcher.group());
      if (word >= 0) {
        pieces.add(new int[] {FIRST_WORD + word, matcher.start(), matcher.end()});
      } else {
        bytes(text, matcher.start(), matcher.end(), pieces);
      }
    }
    return pieces;
  }

  private static void bytes(String text, int start, int end, List<int[]> pieces) {
    for (int at = start; at < end; ) {
      int next = at + Character.charCount(text.codePointAt(at));
      for (byte b : text.substring(at, next).getBytes(StandardCharsets.UTF_8)) {
        pieces.add(new int[] {b & 0xFF, at, next});
      }
      at = next;
    }
  }

  private static int[] column(List<int[]> rows, int column) {
    return rows.stream().mapToInt(row -> row[column]).toArray();
  }

  @Override
  public String show(int token) {
    if (token >= FIRST_WORD) {
      return words.get(token - FIRST_WORD);
    }
    return token == BOS
        ? "<s>"
        : token < 128 ? Character.toString(token) : "<0x%02X>".formatted(token);
  }

  @Override
  public int size() {
    return FIRST_WORD + words.size();
  }

  @Override
  public boolean isSpecial(int token) {
    return token == BOS;
  }

  int word(String word) {
    return FIRST_WORD + words.indexOf(word);
  }
}
