package org.intervene.pyvene;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intervene.model.Site;
import org.intervene.pyvene.Component.Layout;

/**
 * pyvene's names of components in the families that both it and this language know: the short names
 * of its tables, and paths of modules ({@code transformer.h[0].mlp.output}).
 */
final class Components {
  private static final Pattern MODULE =
      Pattern.compile("(?:transformer|model|gpt_neox)\\.(?:h|layers)\\[(\\d{1,5})\\]\\.?(.*)");

  private static final Map<String, Component> NAMES = names();

  private Components() {}

  /**
   * A component that was found.
   *
   * @param layer what a path of modules says; absent for a short name
   */
  record Found(Component component, OptionalInt layer) {}

  /** Families of models whose components are known. */
  static boolean knows(String family) {
    return !modules(family).isEmpty();
  }

  /** What a name means; empty if it is no site of this language. */
  static Optional<Found> find(String family, String name) {
    if (!name.contains(".")) {
      boolean known = NAMES.containsKey(name) && !excluded(family).contains(name);
      return known
          ? Optional.of(new Found(NAMES.get(name), OptionalInt.empty()))
          : Optional.empty();
    }
    Matcher path = MODULE.matcher(name);
    if (!path.matches()) {
      return Optional.empty();
    }
    String component = modules(family).get(path.group(2));
    return component == null || excluded(family).contains(component)
        ? Optional.empty()
        : Optional.of(
            new Found(NAMES.get(component), OptionalInt.of(Integer.parseInt(path.group(1)))));
  }

  /** Names whose module holds something else in this family. */
  private static Set<String> excluded(String family) {
    return switch (family) {
      case "gpt2" -> Set.of();
      case "gpt_neo" -> Set.of("attention_weight");
      case "gpt_neox" ->
          Set.of(
              "attention_weight",
              "query_output",
              "key_output",
              "value_output",
              "head_query_output",
              "head_key_output",
              "head_value_output");
      // the activation comes before the product with the gate's partner
      case "llama", "mistral", "gemma", "qwen2" -> Set.of("attention_weight", "mlp_activation");
      // and here a norm stands between these modules and the residual stream
      case "gemma2" ->
          Set.of("attention_weight", "mlp_activation", "attention_output", "mlp_output");
      default -> NAMES.keySet();
    };
  }

  private static Map<String, Component> names() {
    Map<String, Component> names = new LinkedHashMap<>();
    names.put("block_input", new Component(Site.RESID_PRE, Layout.PLAIN));
    names.put("block_output", new Component(Site.RESID_POST, Layout.PLAIN));
    names.put("mlp_activation", new Component(Site.MLP_POST, Layout.PLAIN));
    names.put("mlp_output", new Component(Site.MLP_OUT, Layout.PLAIN));
    names.put("mlp_input", new Component(Site.MLP_IN, Layout.PLAIN));
    names.put("attention_value_output", new Component(Site.Z, Layout.FLAT));
    names.put("head_attention_value_output", new Component(Site.Z, Layout.HEADS));
    names.put("attention_weight", new Component(Site.PATTERN, Layout.EDGES));
    names.put("attention_output", new Component(Site.ATTN_OUT, Layout.PLAIN));
    names.put("attention_input", new Component(Site.ATTN_IN, Layout.PLAIN));
    names.put("query_output", new Component(Site.Q, Layout.FLAT));
    names.put("key_output", new Component(Site.K, Layout.FLAT));
    names.put("value_output", new Component(Site.V, Layout.FLAT));
    names.put("head_query_output", new Component(Site.Q, Layout.HEADS));
    names.put("head_key_output", new Component(Site.K, Layout.HEADS));
    names.put("head_value_output", new Component(Site.V, Layout.HEADS));
    return names;
  }

  /** Short names by the path below a block, with {@code .input} or {@code .output}. */
  private static Map<String, String> modules(String family) {
    Map<String, String> modules = new LinkedHashMap<>();
    modules.put("input", "block_input");
    modules.put("output", "block_output");
    modules.put("mlp.output", "mlp_output");
    modules.put("mlp.input", "mlp_input");
    switch (family) {
      case "gpt2" -> {
        attention(modules, "attn", "c_proj");
        modules.put("attn.resid_dropout.output", "attention_output");
        modules.put("attn.attn_dropout.input", "attention_weight");
        modules.put("mlp.act.output", "mlp_activation");
      }
      case "gpt_neo" -> {
        attention(modules, "attn", "out_proj");
        projections(modules, "attn");
        modules.put("mlp.act.output", "mlp_activation");
      }
      case "gpt_neox" -> {
        attention(modules, "attention", "dense");
        modules.put("mlp.act.output", "mlp_activation");
      }
      case "llama", "mistral", "gemma", "gemma2", "qwen2" -> {
        attention(modules, "self_attn", "o_proj");
        projections(modules, "self_attn");
      }
      default -> modules.clear();
    }
    return modules;
  }

  private static void attention(Map<String, String> modules, String attention, String projection) {
    modules.put(attention + ".input", "attention_input");
    modules.put(attention + ".output", "attention_output");
    modules.put(attention + "." + projection + ".input", "attention_value_output");
  }

  private static void projections(Map<String, String> modules, String attention) {
    modules.put(attention + ".q_proj.output", "query_output");
    modules.put(attention + ".k_proj.output", "key_output");
    modules.put(attention + ".v_proj.output", "value_output");
  }

  /** The short names, for messages. */
  static List<String> all() {
    return List.copyOf(NAMES.keySet());
  }
}
