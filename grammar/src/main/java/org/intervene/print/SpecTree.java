package org.intervene.print;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intervene.ast.Spec;
import org.intervene.print.YamlNode.Entry;
import org.intervene.print.YamlNode.Mapping;

/** The YAML notation as a tree of maps, lists, texts and numbers. */
final class SpecTree {
  private SpecTree() {}

  static Map<String, Object> of(Spec spec) {
    Map<String, Object> tree = map(new YamlPrinter().document(spec));
    if (tree.get("runs") instanceof Map<?, ?> runs) {
      runs.values().forEach(run -> listSweeps((Map<?, ?>) run));
    }
    return tree;
  }

  /** Sweeps become a list of names and values: their order is that of a result's axes. */
  private static void listSweeps(Map<?, ?> run) {
    @SuppressWarnings("unchecked") // made by this class
    Map<String, Object> clauses = (Map<String, Object>) run;
    if (clauses.get("for") instanceof Map<?, ?> sweeps) {
      List<Object> listed = new ArrayList<>();
      sweeps.forEach((variable, values) -> listed.add(List.of(variable, values)));
      clauses.put("for", listed);
    }
  }

  private static Map<String, Object> map(Mapping mapping) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Entry entry : mapping.entries()) {
      map.put(bare(entry.key()), value(entry.value()));
    }
    return map;
  }

  private static Object value(YamlNode node) {
    if (node instanceof Mapping mapping) {
      return map(mapping);
    } else if (node instanceof YamlNode.Listing listing) {
      return listing.items().stream().map(item -> value(item.value())).toList();
    } else if (node instanceof YamlNode.Number number) {
      return new BigDecimal(number.digits());
    } else if (node instanceof YamlNode.Text text) {
      return text.text();
    }
    return ((YamlNode.Code) node).doc().flat();
  }

  /** A key without the quotes that keep YAML from taking it for something else. */
  private static String bare(String key) {
    return key.startsWith("\"") ? key.substring(1, key.length() - 1) : key;
  }
}
