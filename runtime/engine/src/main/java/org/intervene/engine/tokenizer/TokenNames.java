package org.intervene.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** How tokens read: the characters that a piece stands for, with its leading space. */
final class TokenNames {
  private enum Spelling {
    /** One letter for each byte, as GPT-2 spells them. */
    BYTES,
    /** {@code ▁} for a space, as SentencePiece does. */
    UNDERLINED,
    /** As it reads. */
    PLAIN
  }

  private final Pieces pieces;
  private final Spelling spelling;

  private TokenNames(Pieces pieces, Spelling spelling) {
    this.pieces = pieces;
    this.spelling = spelling;
  }

  static TokenNames of(TokenizerFile file) {
    return new TokenNames(file.pieces(), spelling(file));
  }

  private static Spelling spelling(TokenizerFile file) {
    if (uses(file, "ByteLevel")) {
      return Spelling.BYTES;
    }
    boolean underlined =
        uses(file, "Metaspace")
            || Stream.of("normalizer", "decoder")
                .anyMatch(name -> file.setting(name).toString().contains("▁"));
    return underlined ? Spelling.UNDERLINED : Spelling.PLAIN;
  }

  private static boolean uses(TokenizerFile file, String type) {
    return Stream.of("pre_tokenizer", "decoder")
        .flatMap(name -> file.setting(name).findValues("type").stream())
        .map(JsonNode::asText)
        .anyMatch(type::equals);
  }

  /** The text of a token; {@code <token N>} for an id that the vocabulary does not have. */
  String show(int id) {
    String piece = pieces.piece(id);
    if (piece == null) {
      return "<token " + id + ">";
    }
    if (pieces.isAdded(id)) {
      return piece;
    }
    return switch (spelling) {
      case BYTES -> ofBytes(piece);
      case UNDERLINED -> piece.replace('▁', ' ');
      case PLAIN -> piece;
    };
  }

  private static String ofBytes(String piece) {
    byte[] bytes = ByteAlphabet.bytes(piece);
    if (bytes == null) {
      return piece;
    }
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < bytes.length; ) {
      int length = characterAt(bytes, at);
      if (length > 0) {
        text.append(new String(bytes, at, length, StandardCharsets.UTF_8));
      } else {
        text.append(String.format("<0x%02X>", bytes[at]));
      }
      at += Math.max(1, length);
    }
    return text.toString();
  }

  /** Bytes of the UTF-8 character that begins here, or 0 if none does. */
  private static int characterAt(byte[] bytes, int at) {
    for (int length = 1; length <= 4 && at + length <= bytes.length; length++) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
        return length;
      } catch (CharacterCodingException e) {
        // too few bytes, or not the first one of a character
      }
    }
    return 0;
  }
}
