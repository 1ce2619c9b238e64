package org.intervene.digest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intervene.ast.Spec;
import org.intervene.print.Printer;

/**
 * Digests of what a spec says, whichever notation says it. They are taken of canonical JSON: the
 * tree of the YAML notation as {@code fmt} lays it out, with defaults written out and sweeps as a
 * list, since their order has a meaning.
 */
public final class SpecDigest {
  private static final List<String> WORK =
      List.of(
          "model",
          "params",
          "vectors",
          "tokens",
          "subspaces",
          "dictionaries",
          "circuits",
          "data",
          "runs",
          "metrics");

  /** Sections that the rows of a dataset may name. */
  private static final List<String> NAMED_BY_DATA = List.of("params", "tokens");

  private static final Map<String, String> MODEL_DEFAULTS =
      Map.of("dtype", "float32", "device", "auto", "bos", "auto");

  private SpecDigest() {}

  /** The digest of everything that a spec says. */
  public static String of(Spec spec) {
    return Sha256.of(canonical(spec));
  }

  /** The text that {@link #of} is taken of. */
  public static String canonical(Spec spec) {
    return CanonicalJson.text(marked("intervene-spec", tree(spec)));
  }

  /**
   * The digest of what decides a spec's numbers: all but its name, {@code about}, plots,
   * expectations and tolerances.
   */
  public static String ofWork(Spec spec) {
    return Sha256.ofTree(marked("intervene-work", only(WORK, tree(spec))));
  }

  /**
   * The digest of the words that decide a dataset's rows: its clause, parameters and lists of
   * tokens. The rows themselves, and files that they stand in, are not part of it.
   */
  public static String ofDataClause(Spec spec, String name) {
    Map<String, Object> tree = tree(spec);
    Map<String, Object> words = only(NAMED_BY_DATA, tree);
    words.put("data", ((Map<?, ?>) tree.get("data")).get(name));
    return Sha256.ofTree(marked("intervene-data-clause", words));
  }

  private static Map<String, Object> tree(Spec spec) {
    Map<String, Object> tree = Printer.tree(spec);
    Map<String, Object> model = new LinkedHashMap<>(MODEL_DEFAULTS);
    ((Map<?, ?>) tree.get("model")).forEach((key, value) -> model.put((String) key, value));
    tree.put("model", model);
    return tree;
  }

  /** The part of a tree that stands under some keys. */
  private static Map<String, Object> only(List<String> keys, Map<String, Object> tree) {
    Map<String, Object> part = new LinkedHashMap<>(tree);
    part.keySet().retainAll(keys);
    return part;
  }

  /** A tree with the name and version of its form, so that no text is canonical in two forms. */
  private static Map<String, Object> marked(String form, Map<String, Object> tree) {
    Map<String, Object> marked = new LinkedHashMap<>(tree);
    marked.put(form, 1);
    return Collections.unmodifiableMap(marked);
  }
}
