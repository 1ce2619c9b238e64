package org.intervene.pyvene;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intervene.model.ModelFacts;

/** Whether a directory was saved for the model that it is imported for. */
final class SameModel {
  /** {@code <class 'transformers.models.llama.modeling_llama.LlamaForCausalLM'>}. */
  private static final Pattern CLASS =
      Pattern.compile("<class 'transformers\\.models\\.(\\w+)\\.[\\w.]+'>");

  private SameModel() {}

  static void check(SavedConfig config, ModelFacts facts, Problems problems) {
    if (!Components.knows(facts.family())) {
      problems.otherModel(
          config.file(),
          "pyvene's components of a " + facts.family() + " model are not known here",
          "docs/pyvene.md lists the families that are");
      return;
    }
    Optional<String> family =
        config.modelType().text().map(CLASS::matcher).filter(Matcher::matches).map(m -> m.group(1));
    if (family.isPresent() && !family.get().equals(facts.family())) {
      problems.otherModel(
          config.modelType(),
          "it was saved for a " + family.get() + " model, this one is " + facts.family(),
          "give the model that it was saved for: `--model`");
    }
  }
}
