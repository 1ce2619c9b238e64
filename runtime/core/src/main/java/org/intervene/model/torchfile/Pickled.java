package org.intervene.model.torchfile;

import java.util.List;
import java.util.Map;

/** What may lie on the stack of {@link PickleReader}. */
sealed interface Pickled {
  /** A name such as {@code collections.OrderedDict}; naming it does nothing. */
  record Global(String module, String name) implements Pickled {
    @Override
    public String toString() {
      return module + "." + name;
    }
  }

  /** A whole number or a truth value. */
  record Whole(long value) implements Pickled {}

  /** A text. */
  record Text(String value) implements Pickled {}

  /** None, or a number that no tensor needs. */
  record Nothing() implements Pickled {}

  /** A tuple, or a list that is still growing. */
  record Sequence(List<Pickled> items) implements Pickled {
    /** By identity: sequences may hold themselves. */
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** A dict or OrderedDict with texts as keys, still growing. */
  record Mapping(Map<String, Pickled> entries) implements Pickled {
    /** By identity: mappings may hold themselves. */
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /**
   * Numbers in an entry of their own.
   *
   * @param key the entry's name under {@code data/}
   * @param count elements
   */
  record Storage(StorageType type, String key, long count) implements Pickled {}

  /** A view of a storage; counted in elements. */
  record View(Storage storage, long offset, long[] size, long[] stride) implements Pickled {}
}
