package org.intervene.engine.tokenizer;

import java.util.Arrays;

/**
 * The letters that byte-level vocabularies write bytes with: printable Latin-1 characters stand for
 * themselves, and the other bytes, in order, for the characters from U+0100 on (the rule of Radford
 * et al. 2019, "Language Models are Unsupervised Multitask Learners").
 */
final class ByteAlphabet {
  private static final int FIRST_SHIFTED = 0x100;
  private static final int[] BYTE_OF = table();

  private ByteAlphabet() {}

  /** The bytes that a piece spells, or null if it has a character that spells none. */
  static byte[] bytes(String piece) {
    byte[] bytes = new byte[piece.length()];
    for (int i = 0; i < bytes.length; i++) {
      char letter = piece.charAt(i);
      if (letter >= BYTE_OF.length || BYTE_OF[letter] < 0) {
        return null;
      }
      bytes[i] = (byte) BYTE_OF[letter];
    }
    return bytes;
  }

  private static int[] table() {
    int[] byteOf = new int[2 * FIRST_SHIFTED];
    Arrays.fill(byteOf, -1);
    int next = FIRST_SHIFTED;
    for (int b = 0; b < 256; b++) {
      boolean itself = (b > ' ' && b < 0x7F) || (b > 0xA0 && b != 0xAD);
      byteOf[itself ? b : next++] = b;
    }
    return byteOf;
  }
}
