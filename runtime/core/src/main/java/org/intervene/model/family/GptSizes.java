package org.intervene.model.family;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.intervene.model.part.Activation;
import org.intervene.model.part.Block;

/**
 * Sizes under the keys of GPT-2 and its descendants, whose absence means the class's default in
 * transformers.
 */
record GptSizes(
    int dModel,
    int layers,
    int heads,
    int dHead,
    int dMlp,
    int vocabulary,
    int positions,
    double epsilon,
    Activation activation) {

  /** {@code n_embd}, {@code n_layer} and so on. */
  static GptSizes read(Config config, String activation) {
    int dModel = config.size("n_embd");
    int heads = config.size("n_head");
    config.inert("attn_pdrop", "embd_pdrop", "resid_pdrop", "n_ctx");
    config.inert("summary_activation", "summary_first_dropout", "summary_proj_to_labels");
    config.inert("summary_type", "summary_use_proj", "predict_special_tokens", "n_special");
    return new GptSizes(
        dModel,
        config.layers("n_layer"),
        heads,
        Sizes.dHead(config, dModel, heads),
        config.size("n_inner", 4 * dModel),
        config.size("vocab_size"),
        config.size("n_positions"),
        config.number("layer_norm_epsilon", 1e-5),
        config.activation("activation_function", activation));
  }

  List<Block> blocks(IntFunction<Block> block) {
    List<Block> blocks = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      blocks.add(block.apply(l));
    }
    return blocks;
  }
}
