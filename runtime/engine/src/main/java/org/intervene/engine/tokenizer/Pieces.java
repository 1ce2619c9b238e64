package org.intervene.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;

/** A vocabulary as the file spells it: id to piece. */
final class Pieces {
  /** Far above any real vocabulary: an id beyond it is a broken file, not a reason to allocate. */
  private static final int MOST = 1 << 24;

  private String[] byId = new String[1 << 10];
  private final BitSet added = new BitSet();
  private int size;

  /**
   * Names an id.
   *
   * @throws IllegalArgumentException if no vocabulary can have such an id
   */
  void put(int id, String piece) {
    if (id < 0 || id >= MOST || piece == null) {
      throw new IllegalArgumentException("its vocabulary has the entry " + piece + ": " + id);
    }
    if (id >= byId.length) {
      byId = Arrays.copyOf(byId, Math.max(id + 1, 2 * byId.length));
    }
    byId[id] = piece;
    size = Math.max(size, id + 1);
  }

  /** Names an added token, which is written as it is. */
  void add(JsonNode id, JsonNode content) {
    if (!id.isInt() || !content.isTextual()) {
      throw new IllegalArgumentException("an added token lacks `id` or `content`");
    }
    put(id.intValue(), content.textValue());
    added.set(id.intValue());
  }

  /** One more than the largest id. */
  int size() {
    return size;
  }

  /** The piece of an id, or null if it has none. */
  String piece(int id) {
    return id >= 0 && id < size ? byId[id] : null;
  }

  boolean isAdded(int id) {
    return id >= 0 && added.get(id);
  }

  /** The id that a piece has. */
  OptionalInt id(String piece) {
    for (int id = 0; id < size; id++) {
      if (piece.equals(byId[id])) {
        return OptionalInt.of(id);
      }
    }
    return OptionalInt.empty();
  }
}
