package org.intervene.read;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.intervene.diagnostic.SourceText;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Refuses files whose aliases stand for themselves or for more nodes than anyone means. */
final class AliasBound {
  private static final long MOST_NODES = 1_000_000;
  private static final long UNFINISHED = -1;

  private final Map<Node, Long> sizes = new IdentityHashMap<>();
  private Node recursive;

  private AliasBound() {}

  static void check(Node root, SourceText source, Problems problems) {
    AliasBound bound = new AliasBound();
    long size = bound.size(root);
    if (bound.recursive != null) {
      int at = bound.recursive.getStartMark().getIndex();
      problems.add(Ids.YAML_ALIAS, source.span(at, at), "this value contains itself");
    } else if (size > MOST_NODES) {
      problems.add(
          Ids.YAML_ALIAS,
          source.span(0, 0),
          "the aliases of this file stand for more than " + MOST_NODES + " values");
    }
  }

  /** How many nodes a tree has once every alias is written out; stays below the bound's square. */
  private long size(Node node) {
    Long known = sizes.get(node);
    if (known != null) {
      if (known == UNFINISHED) {
        recursive = node;
        return 0;
      }
      return known;
    }
    sizes.put(node, UNFINISHED);
    long size = 1;
    for (Node child : children(node)) {
      size = Math.min(size + size(child), 2 * MOST_NODES);
    }
    sizes.put(node, size);
    return size;
  }

  private static List<Node> children(Node node) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    } else if (node instanceof MappingNode mapping) {
      return mapping.getValue().stream()
          .flatMap(tuple -> Stream.of(tuple.getKeyNode(), tuple.getValueNode()))
          .toList();
    }
    return List.of();
  }
}
