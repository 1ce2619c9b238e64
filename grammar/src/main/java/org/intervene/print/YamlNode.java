package org.intervene.print;

import java.util.ArrayList;
import java.util.List;

/** A YAML document before it is laid out. */
sealed interface YamlNode {

  /** A text, quoted where anything could take it for something else. */
  record Text(String text) implements YamlNode {}

  /** A plain number. */
  record Number(String digits) implements YamlNode {}

  /** A text of the language itself. */
  record Code(Doc doc) implements YamlNode {}

  /**
   * A list.
   *
   * @param flow whether it stands between brackets where that fits a line
   */
  record Listing(List<Item> items, boolean flow) implements YamlNode {}

  /**
   * A mapping.
   *
   * @param flow whether it stands between braces where that fits a line
   */
  record Mapping(List<Entry> entries, boolean flow) implements YamlNode {}

  /** One item, and the syntax node whose comments it carries (null for none). */
  record Item(YamlNode value, Object anchor) {}

  /** One key and value, and the syntax node whose comments they carry (null for none). */
  record Entry(String key, YamlNode value, Object anchor) {}

  static YamlNode code(String text) {
    return new Code(Doc.text(text));
  }

  /** Builds a mapping key by key. */
  final class Keys {
    private final List<Entry> entries = new ArrayList<>();

    Keys put(String key, YamlNode value) {
      return put(key, value, null);
    }

    Keys put(String key, YamlNode value, Object anchor) {
      entries.add(new Entry(key, value, anchor));
      return this;
    }

    boolean isEmpty() {
      return entries.isEmpty();
    }

    Mapping block() {
      return new Mapping(entries, false);
    }

    Mapping flow() {
      return new Mapping(entries, true);
    }
  }
}
