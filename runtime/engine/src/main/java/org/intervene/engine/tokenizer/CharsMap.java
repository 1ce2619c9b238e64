package org.intervene.engine.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/**
 * SentencePiece's table of replacements: the size of a trie in bytes, the trie as a double array of
 * little-endian units (in the layout of darts-clone), and the replacements, each ended by a zero.
 *
 * <p>The native library follows its indices without looking, so they are followed here first.
 */
final class CharsMap {
  private static final int LABELS = 256;
  private static final int LEAF = 1 << 8;
  private static final int LARGE_OFFSET = 1 << 9;
  private static final int LABEL_MASK = (1 << 31) | 0xFF;

  private final int[] units;
  private final byte[] replacements;

  private CharsMap(int[] units, byte[] replacements) {
    this.units = units;
    this.replacements = replacements;
  }

  /** Whether every index that a text can lead to lies inside of the table. */
  static boolean isSound(byte[] table) {
    ByteBuffer buffer = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.remaining() < Integer.BYTES) {
      return false;
    }
    int size = buffer.getInt() / Integer.BYTES;
    if (size < 1 || size > buffer.remaining() / Integer.BYTES) {
      return false;
    }
    int[] units = new int[size];
    buffer.asIntBuffer().get(units);
    byte[] replacements = new byte[buffer.remaining() - size * Integer.BYTES];
    buffer.position(buffer.position() + size * Integer.BYTES).get(replacements);
    return new CharsMap(units, replacements).isSound();
  }

  private boolean isSound() {
    BitSet seen = new BitSet();
    Deque<Integer> bases = new ArrayDeque<>();
    bases.add(offset(units[0]));
    while (!bases.isEmpty()) {
      int base = bases.remove();
      for (int label = 1; label < LABELS; label++) {
        int at = base ^ label;
        if (at < 0 || at >= units.length) {
          return false;
        }
        boolean child = (units[at] & LABEL_MASK) == label && !seen.get(at);
        if (child) {
          seen.set(at);
          int next = at ^ offset(units[at]);
          if ((units[at] & LEAF) != 0 && !isReplacement(next)) {
            return false;
          }
          bases.add(next);
        }
      }
    }
    return true;
  }

  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & LARGE_OFFSET) >>> 6);
  }

  /** Whether a unit points to the first byte of a character, or to the end. */
  private boolean isReplacement(int at) {
    if (at < 0 || at >= units.length) {
      return false;
    }
    int start = units[at] & Integer.MAX_VALUE;
    return start == replacements.length
        || (start < replacements.length && (replacements[start] & 0xC0) != 0x80);
  }
}
