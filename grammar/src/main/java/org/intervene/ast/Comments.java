package org.intervene.ast;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The comments of a file, kept beside the syntax tree: which node each belongs to. Nodes are told
 * apart by identity, since equal ones may stand in several places.
 */
public final class Comments {
  private final Map<Object, List<String>> leading = new IdentityHashMap<>();
  private final Map<Object, String> trailing = new IdentityHashMap<>();
  private final Map<Object, List<String>> closing = new IdentityHashMap<>();

  /** No comments at all. */
  public static Comments none() {
    return new Comments();
  }

  /** Adds a comment that stands on its own line above a node. */
  public void lead(Object node, String text) {
    leading.computeIfAbsent(node, none -> new ArrayList<>()).add(text);
  }

  /** Adds a comment behind a node's first line; a node has at most one. */
  public void trail(Object node, String text) {
    if (trailing.putIfAbsent(node, text) != null) {
      throw new IllegalStateException("a second comment behind one line");
    }
  }

  /** Adds a comment that stands on its own line below the last line inside a node. */
  public void close(Object node, String text) {
    closing.computeIfAbsent(node, none -> new ArrayList<>()).add(text);
  }

  /** Comments above a node, each with its {@code #}. */
  public List<String> leading(Object node) {
    return leading.getOrDefault(node, List.of());
  }

  /** The comment behind a node's first line, with its {@code #}. */
  public Optional<String> trailing(Object node) {
    return Optional.ofNullable(trailing.get(node));
  }

  /** Comments below the last line inside a node. */
  public List<String> closing(Object node) {
    return closing.getOrDefault(node, List.of());
  }
}
