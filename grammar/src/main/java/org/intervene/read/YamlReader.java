package org.intervene.read;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intervene.ast.AuthorsClause;
import org.intervene.ast.Comments;
import org.intervene.ast.ExpectClause;
import org.intervene.ast.Expr;
import org.intervene.ast.MetricClause;
import org.intervene.ast.ModelClause;
import org.intervene.ast.Spec;
import org.intervene.ast.ValueClause;
import org.intervene.ast.Word;
import org.intervene.diagnostic.SourceText;
import org.intervene.diagnostic.Span;
import org.intervene.read.YamlTree.Entry;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the YAML notation: its sections in any order, their texts through the grammar. */
final class YamlReader {
  private static final Map<String, ValueClause.Kind> VALUE_SECTIONS =
      Map.of(
          "params", ValueClause.Kind.PARAM,
          "vectors", ValueClause.Kind.VECTOR,
          "tokens", ValueClause.Kind.TOKENS,
          "subspaces", ValueClause.Kind.SUBSPACE,
          "dictionaries", ValueClause.Kind.DICTIONARY,
          "circuits", ValueClause.Kind.CIRCUIT);
  private static final List<String> SECTIONS =
      List.of(
          "experiment",
          "about",
          "authors",
          "cite",
          "model",
          "params",
          "vectors",
          "tokens",
          "subspaces",
          "dictionaries",
          "circuits",
          "data",
          "runs",
          "metrics",
          "plots",
          "expect",
          "golden");

  private final YamlTree tree;
  private final YamlTexts texts;
  private final SpecDraft draft;

  private YamlReader(YamlTree tree) {
    this.tree = tree;
    this.texts = new YamlTexts(tree);
    this.draft = new SpecDraft(tree.problems(), Notation.YAML);
  }

  static Reading read(SourceText source) {
    Problems problems = new Problems();
    Optional<YamlDocument> document = YamlDocument.compose(source, problems);
    if (document.isEmpty()) {
      return new Reading(source, Optional.empty(), problems.sorted(source.name()), Comments.none());
    }
    YamlReader reader = new YamlReader(new YamlTree(source, problems));
    Optional<Spec> spec = reader.spec(document.get().root());
    Comments comments =
        spec.map(s -> document.get().place(source, s, reader.texts.comments()))
            .orElseGet(Comments::none);
    return new Reading(source, spec, problems.sorted(source.name()), comments);
  }

  private Optional<Spec> spec(Node root) {
    Optional<Map<String, Entry>> sections = tree.fields(root, "a spec", SECTIONS);
    if (sections.isEmpty()) {
      return Optional.empty();
    }
    sections.get().values().forEach(this::section);
    return draft.finish(tree.source().span(0, tree.source().length()));
  }

  private void section(Entry section) {
    Node value = section.value();
    Span key = section.key().span();
    switch (section.key().text()) {
      case "experiment" -> {
        draft.saw(SpecDraft.Single.EXPERIMENT, key);
        tree.text(value, "the experiment's name").ifPresent(draft::experiment);
      }
      case "about" -> {
        draft.saw(SpecDraft.Single.ABOUT, key);
        tree.text(value, "a text").ifPresent(draft::about);
      }
      case "authors" -> {
        draft.saw(SpecDraft.Single.AUTHORS, key);
        List<Word> names = words(tree.items(value, "`authors`"), "an author's name");
        if (!names.isEmpty()) {
          draft.authors(new AuthorsClause(section.span(), names));
        }
      }
      case "cite" -> draft.cites.addAll(words(tree.items(value, "`cite`"), "a text"));
      case "model" -> {
        draft.saw(SpecDraft.Single.MODEL, key);
        model(section.span(), value).ifPresent(draft::model);
      }
      case "data" -> {
        YamlData data = new YamlData(tree, texts);
        for (Entry entry : tree.named(value, "`data`", "dataset")) {
          data.clause(entry).ifPresent(draft.data::add);
        }
      }
      case "runs" -> {
        draft.sawRun();
        YamlRuns runs = new YamlRuns(tree, texts);
        for (Entry entry : tree.named(value, "`runs`", "run")) {
          runs.clause(entry).ifPresent(draft.runs::add);
        }
      }
      case "metrics" -> {
        for (Entry entry : tree.named(value, "`metrics`", "metric")) {
          texts
              .expression(entry.value())
              .ifPresent(e -> draft.metrics.add(new MetricClause(entry.span(), entry.key(), e)));
        }
      }
      case "plots" -> {
        for (Node item : tree.items(value, "`plots`")) {
          texts
              .read(item, IvnParser::plotText, (c, t) -> c.plot(tree.span(item), t.plot()))
              .ifPresent(draft.plots::add);
        }
      }
      case "expect" -> {
        for (Node item : tree.items(value, "`expect`")) {
          texts
              .expression(item)
              .ifPresent(e -> draft.expects.add(new ExpectClause(tree.span(item), e)));
        }
      }
      case "golden" -> {
        draft.saw(SpecDraft.Single.GOLDEN, key);
        texts
            .read(value, IvnParser::goldenText, (c, t) -> c.golden(section.span(), t.golden()))
            .ifPresent(draft::golden);
      }
      default -> values(VALUE_SECTIONS.get(section.key().text()), section);
    }
  }

  private List<Word> words(List<Node> items, String what) {
    return items.stream().map(item -> tree.text(item, what)).flatMap(Optional::stream).toList();
  }

  private void values(ValueClause.Kind kind, Entry section) {
    String name = "`" + section.key().text() + "`";
    for (Entry entry : tree.named(section.value(), name, "value")) {
      value(kind, entry.value())
          .ifPresent(e -> draft.values.add(new ValueClause(entry.span(), kind, entry.key(), e)));
    }
  }

  /** An expression, or a YAML list of expressions; lists in {@code tokens} are of texts. */
  private Optional<Expr> value(ValueClause.Kind kind, Node node) {
    if (!(node instanceof SequenceNode list)) {
      return texts.expression(node);
    }
    boolean tokens = kind == ValueClause.Kind.TOKENS;
    List<Expr> items =
        list.getValue().stream()
            .map(item -> tokens ? token(item) : texts.expression(item))
            .flatMap(Optional::stream)
            .toList();
    return Optional.of(new Expr.Listing(tree.span(node), items));
  }

  private Optional<Expr> token(Node item) {
    if (item instanceof ScalarNode scalar && YamlNumbers.isNumber(scalar)) {
      return texts.expression(item);
    }
    return tree.text(item, "a token").map(word -> new Expr.Text(word.span(), word.text()));
  }

  private Optional<ModelClause> model(Span span, Node node) {
    Optional<Word> none = Optional.empty();
    if (node instanceof ScalarNode) {
      return tree.text(node, "the model's source")
          .map(source -> new ModelClause(span, source, none, none, none));
    }
    return tree.fields(node, "`model`", List.of("source", "dtype", "device", "bos"))
        .flatMap(
            fields -> {
              Optional<Word> dtype = setting(fields, "dtype");
              Optional<Word> device = setting(fields, "device");
              Optional<Word> bos = setting(fields, "bos");
              return tree.required(fields, "source", node, "`model`")
                  .flatMap(source -> tree.text(source.value(), "the model's source"))
                  .map(source -> new ModelClause(span, source, dtype, device, bos));
            });
  }

  private Optional<Word> setting(Map<String, Entry> fields, String key) {
    return Optional.ofNullable(fields.get(key)).flatMap(e -> tree.text(e.value(), "a word"));
  }
}
