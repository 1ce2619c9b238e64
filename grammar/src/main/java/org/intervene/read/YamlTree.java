package org.intervene.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intervene.ast.Word;
import org.intervene.diagnostic.SourceText;
import org.intervene.diagnostic.Span;
import org.intervene.diagnostic.Suggestions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Takes a YAML node tree apart and reports whatever has not the shape that is wanted. */
final class YamlTree {
  private final SourceText source;
  private final Problems problems;

  YamlTree(SourceText source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  /** One key and its value. */
  record Entry(Word key, Node value, Span span) {}

  SourceText source() {
    return source;
  }

  Problems problems() {
    return problems;
  }

  /** A mapping with known keys, each at most once. */
  Optional<Map<String, Entry>> fields(Node node, String what, List<String> known) {
    if (!(node instanceof MappingNode mapping)) {
      problems.add(
          Ids.YAML_SHAPE,
          span(node),
          what + " is a mapping, this is " + kind(node),
          "its keys are `" + String.join("`, `", known) + "`");
      return Optional.empty();
    }
    Map<String, Entry> fields = new LinkedHashMap<>();
    List<Entry> unknown = new ArrayList<>();
    for (Entry entry : entries(mapping)) {
      if (known.contains(entry.key().text())) {
        fields.put(entry.key().text(), entry);
      } else {
        unknown.add(entry);
      }
    }
    unknown.forEach(entry -> unknown(entry, what, known, fields));
    return Optional.of(fields);
  }

  /** Reports a key; one that is nearly right is then taken for what it was meant to be. */
  private void unknown(Entry entry, String what, List<String> known, Map<String, Entry> fields) {
    if (problems.full()) {
      return;
    }
    Word key = entry.key();
    Optional<String> meant = Suggestions.nearest(key.text(), known);
    String help =
        Suggestions.didYouMean(key.text(), known)
            .orElse(what + " has the keys `" + String.join("`, `", known) + "`");
    problems.add(Ids.YAML_KEY, key.span(), "unknown key `" + key.text() + "` in " + what, help);
    meant.ifPresent(
        name ->
            fields.putIfAbsent(
                name, new Entry(new Word(key.span(), name), entry.value(), entry.span())));
  }

  /** A mapping whose keys are names that the author chose. */
  List<Entry> named(Node node, String what, String thing) {
    return mapping(node, what, "a " + thing + " for each key").stream()
        .filter(entry -> NameCheck.passes(entry.key(), false, problems))
        .toList();
  }

  /** A row: its keys are column names, which may be dotted. */
  List<Entry> columns(Node node) {
    List<Entry> columns =
        mapping(node, "a row", "a column for each key").stream()
            .filter(entry -> NameCheck.passes(entry.key(), true, problems))
            .toList();
    if (node instanceof MappingNode mapping && mapping.getValue().isEmpty()) {
      problems.add(Ids.YAML_SHAPE, span(node), "this row has no columns");
    }
    return columns;
  }

  private List<Entry> mapping(Node node, String what, String shape) {
    if (node instanceof MappingNode mapping) {
      return entries(mapping);
    }
    problems.add(
        Ids.YAML_SHAPE,
        span(node),
        what + " is a mapping with " + shape + ", this is " + kind(node));
    return List.of();
  }

  private List<Entry> entries(MappingNode mapping) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      Span span = span(key);
      if (!(key instanceof ScalarNode scalar)) {
        problems.add(Ids.YAML_SHAPE, span, "a key is a word, this is " + kind(key));
      } else if (scalar.getValue().equals("<<") && scalar.isPlain()) {
        problems.add(
            Ids.YAML_MERGE,
            span,
            "merge keys are not part of this notation",
            "write the keys out, or use an alias for a whole value");
      } else {
        Word word = new Word(span, scalar.getValue());
        Span whole = span.to(span(tuple.getValueNode()));
        Entry first =
            entries.putIfAbsent(word.text(), new Entry(word, tuple.getValueNode(), whole));
        if (first != null) {
          problems.add(
              Ids.YAML_DUPLICATE,
              span,
              "the key `" + word.text() + "` is already in line " + first.key().span().line(),
              "rename or remove one of them");
        }
      }
    }
    return new ArrayList<>(entries.values());
  }

  /** The texts of a mapping's keys, without any report. */
  List<String> keys(Node node) {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode)
            .map(tuple -> ((ScalarNode) tuple.getKeyNode()).getValue())
            .toList()
        : List.of();
  }

  /** The items of a list. */
  List<Node> list(Node node, String what) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    problems.add(Ids.YAML_SHAPE, span(node), what + " is a list, this is " + kind(node));
    return List.of();
  }

  /** The items of a list; a single text is a list of one. */
  List<Node> items(Node node, String what) {
    return node instanceof ScalarNode ? List.of(node) : list(node, what);
  }

  /** A scalar's text. */
  Optional<Word> text(Node node, String what) {
    if (!(node instanceof ScalarNode scalar)) {
      problems.add(Ids.YAML_SHAPE, span(node), what + " belongs here, this is " + kind(node));
      return Optional.empty();
    }
    if (isMissing(scalar, "an empty text is written `\"\"`")) {
      return Optional.empty();
    }
    if (scalar.getValue().codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
      problems.add(Ids.ESCAPE, span(node), "this text has half of a surrogate pair");
      return Optional.empty();
    }
    return Optional.of(new Word(span(node), scalar.getValue()));
  }

  /** Reports a key without a value. */
  boolean isMissing(ScalarNode scalar, String... help) {
    boolean missing = scalar.isPlain() && scalar.getValue().isEmpty();
    if (missing) {
      problems.add(Ids.YAML_SHAPE, span(scalar), "a value is missing here", help);
    }
    return missing;
  }

  Optional<Entry> required(Map<String, Entry> fields, String key, Node within, String what) {
    return required(fields, key, span(within), what);
  }

  Optional<Entry> required(Map<String, Entry> fields, String key, Span place, String what) {
    Entry entry = fields.get(key);
    if (entry == null) {
      problems.add(
          Ids.MISSING_CLAUSE, place, what + " has no `" + key + "`", "add the key `" + key + "`");
    }
    return Optional.ofNullable(entry);
  }

  static String kind(Node node) {
    if (node instanceof MappingNode) {
      return "a mapping";
    } else if (node instanceof SequenceNode) {
      return "a list";
    }
    return node instanceof ScalarNode scalar && scalar.isPlain() && scalar.getValue().isEmpty()
        ? "empty"
        : "a single value";
  }

  /** Where a node stands, without the blank space that YAML counts as part of a block. */
  Span span(Node node) {
    return source.span(node.getStartMark().getIndex(), end(node));
  }

  private int end(Node node) {
    if (node instanceof CollectionNode<?> collection
        && collection.getFlowStyle() != FlowStyle.FLOW
        && !collection.getValue().isEmpty()) {
      Object last = collection.getValue().get(collection.getValue().size() - 1);
      Node lastNode = last instanceof NodeTuple tuple ? tuple.getValueNode() : (Node) last;
      // An alias ends where its anchor stands, which may be before this node.
      return Math.max(end(lastNode), node.getStartMark().getIndex());
    }
    int end = node.getEndMark().getIndex();
    boolean block =
        node instanceof ScalarNode scalar
            && (scalar.getScalarStyle() == ScalarStyle.LITERAL
                || scalar.getScalarStyle() == ScalarStyle.FOLDED);
    return block ? source.trimEnd(node.getStartMark().getIndex(), end) : end;
  }
}
