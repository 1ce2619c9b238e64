package org.intervene.check;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intervene.diagnostic.Suggestions;
import org.intervene.model.Site;

/**
 * The names of sites: this language's own, TransformerLens's ({@code blocks.11.attn.hook_z}) and
 * pyvene's ({@code block_input}).
 */
public final class SiteNames {
  private static final Pattern LAYERED = Pattern.compile("[a-z]+\\.(\\d{1,6})\\.(.+)");
  private static final Map<String, Site> TRANSFORMER_LENS = transformerLens();
  private static final Map<String, Site> PYVENE = pyvene();
  private static final Map<String, Site> ALL = all();

  private SiteNames() {}

  /**
   * A site found by name.
   *
   * @param layer the layer that the name itself says, as in {@code blocks.11.hook_resid_pre}
   */
  public record Named(Site site, OptionalInt layer) {}

  /** The site that a name means, if there is one. */
  public static Optional<Named> find(String name) {
    Site plain = ALL.get(name);
    if (plain != null) {
      return Optional.of(new Named(plain, OptionalInt.empty()));
    }
    Matcher layered = LAYERED.matcher(name);
    if (layered.matches() && name.startsWith("blocks.")) {
      Site site = TRANSFORMER_LENS.get(layered.group(2));
      if (site != null && site.layered()) {
        return Optional.of(new Named(site, OptionalInt.of(Integer.parseInt(layered.group(1)))));
      }
    }
    return Optional.empty();
  }

  /** The nearest real name, written the way this language writes it. */
  public static Optional<String> suggest(String name) {
    Matcher layered = LAYERED.matcher(name);
    if (layered.matches()) {
      return nearest(layered.group(2))
          .map(s -> s.layered() ? s.spelled() + "[" + layered.group(1) + "]" : s.spelled());
    }
    return nearest(name).map(s -> s.layered() ? s.spelled() + "[layer]" : s.spelled());
  }

  private static Optional<Site> nearest(String name) {
    String bare = name.substring(name.lastIndexOf('.') + 1).replaceFirst("^hook_", "");
    Set<String> known = new LinkedHashSet<>(ALL.keySet());
    for (Map.Entry<String, Site> e : TRANSFORMER_LENS.entrySet()) {
      known.add(e.getKey().substring(e.getKey().lastIndexOf('.') + 1).replaceFirst("^hook_", ""));
    }
    Optional<String> near =
        known.contains(bare)
            ? Optional.of(bare)
            : Suggestions.nearest(name, ALL.keySet()).or(() -> Suggestions.nearest(bare, known));
    return near.map(SiteNames::byTail);
  }

  private static Site byTail(String name) {
    Site site = ALL.get(name);
    if (site != null) {
      return site;
    }
    for (Map.Entry<String, Site> e : TRANSFORMER_LENS.entrySet()) {
      if (e.getKey().endsWith("hook_" + name)) {
        return e.getValue();
      }
    }
    throw new IllegalArgumentException(name);
  }

  /** TransformerLens's name of a site, with {@code l} for the layer; empty if it has none. */
  public static Optional<String> transformerLensName(Site site) {
    return keyOf(TRANSFORMER_LENS, site).map(n -> site.layered() ? "blocks.l." + n : n);
  }

  /** pyvene's name of a site; empty if it has none. */
  public static Optional<String> pyveneName(Site site) {
    return keyOf(PYVENE, site);
  }

  private static Optional<String> keyOf(Map<String, Site> names, Site site) {
    return names.entrySet().stream()
        .filter(e -> e.getValue() == site)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Map<String, Site> all() {
    Map<String, Site> names = new LinkedHashMap<>();
    for (Site site : Site.values()) {
      names.put(site.spelled(), site);
    }
    names.putAll(TRANSFORMER_LENS);
    names.putAll(PYVENE);
    return names;
  }

  private static Map<String, Site> transformerLens() {
    Map<String, Site> names = new LinkedHashMap<>();
    names.put("hook_embed", Site.EMBED);
    names.put("hook_pos_embed", Site.POS_EMBED);
    names.put("hook_resid_pre", Site.RESID_PRE);
    names.put("ln1.hook_normalized", Site.ATTN_IN);
    names.put("attn.hook_q", Site.Q);
    names.put("attn.hook_k", Site.K);
    names.put("attn.hook_v", Site.V);
    names.put("attn.hook_rot_q", Site.Q_ROT);
    names.put("attn.hook_rot_k", Site.K_ROT);
    names.put("attn.hook_attn_scores", Site.SCORES);
    names.put("attn.hook_pattern", Site.PATTERN);
    names.put("attn.hook_z", Site.Z);
    names.put("attn.hook_result", Site.HEAD_OUT);
    names.put("hook_attn_out", Site.ATTN_OUT);
    names.put("hook_resid_mid", Site.RESID_MID);
    names.put("ln2.hook_normalized", Site.MLP_IN);
    names.put("mlp.hook_pre", Site.MLP_PRE);
    names.put("mlp.hook_pre_linear", Site.MLP_GATE);
    names.put("mlp.hook_post", Site.MLP_POST);
    names.put("hook_mlp_out", Site.MLP_OUT);
    names.put("hook_resid_post", Site.RESID_POST);
    names.put("ln_final.hook_normalized", Site.FINAL_NORM);
    return names;
  }

  private static Map<String, Site> pyvene() {
    Map<String, Site> names = new LinkedHashMap<>();
    names.put("block_input", Site.RESID_PRE);
    names.put("attention_input", Site.ATTN_IN);
    names.put("head_query_output", Site.Q);
    names.put("head_key_output", Site.K);
    names.put("head_value_output", Site.V);
    names.put("attention_weight", Site.PATTERN);
    names.put("head_attention_value_output", Site.Z);
    names.put("attention_output", Site.ATTN_OUT);
    names.put("mlp_input", Site.MLP_IN);
    names.put("mlp_activation", Site.MLP_POST);
    names.put("mlp_output", Site.MLP_OUT);
    names.put("block_output", Site.RESID_POST);
    return names;
  }
}
