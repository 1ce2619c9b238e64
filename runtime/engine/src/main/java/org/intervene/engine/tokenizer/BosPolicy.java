package org.intervene.engine.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is put around every input, and why: a fact of a result.
 *
 * @param asked the setting of the spec
 * @param before tokens in front of each input, in order
 * @param after tokens behind each input; only encoders have some
 * @param reason which file or setting decided, such as {@code tokenizer_config.json says
 *     add_bos_token}
 */
public record BosPolicy(Bos asked, List<Special> before, List<Special> after, String reason) {

  /** A token that stands for no text, with the name that the tokenizer gives it. */
  public record Special(int id, String name) {}

  public BosPolicy {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** {@code none}, {@code <s>}, or {@code [CLS] … [SEP]}. */
  public String shown() {
    if (before.isEmpty() && after.isEmpty()) {
      return "none";
    }
    List<String> parts = new ArrayList<>();
    parts.addAll(names(before));
    if (!after.isEmpty()) {
      parts.add("…");
      parts.addAll(names(after));
    }
    return String.join(" ", parts);
  }

  private static List<String> names(List<Special> tokens) {
    return tokens.stream().map(Special::name).collect(Collectors.toList());
  }
}
