package org.intervene.model.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.intervene.model.Architecture;
import org.intervene.model.part.Activation;
import org.intervene.model.part.Attention;
import org.intervene.model.part.Block;
import org.intervene.model.part.Embedding;
import org.intervene.model.part.FeedForward;
import org.intervene.model.part.Linear;
import org.intervene.model.part.Norm;
import org.intervene.model.part.TensorRef;
import org.intervene.model.part.Unembedding;

/**
 * GPT-2: learned positions, LayerNorm, one fused q, k, v projection, all matrices stored [in, out].
 */
final class Gpt2 {
  static final Family FAMILY =
      new Family(
          "gpt2",
          "wte.weight",
          List.of("transformer.", ""),
          Pattern.compile("h\\.\\d+\\.attn\\.(masked_)?bias"),
          Gpt2::read);

  private Gpt2() {}

  private static Architecture read(Config config, String prefix) {
    int dModel = config.size("n_embd", 768);
    int heads = config.size("n_head", 12);
    int vocabulary = config.size("vocab_size", 50257);
    int positions = config.size("n_positions", 1024);
    int dMlp = config.size("n_inner", 4 * dModel);
    double epsilon = config.number("layer_norm_epsilon", 1e-5);
    boolean scaled = config.flag("scale_attn_weights", true);
    boolean scaledByLayer = config.flag("scale_attn_by_inverse_layer_idx", false);
    config.onlyFlag("add_cross_attention", false);
    // Reordering the scale only moves roundings in half precision.
    config.inert("reorder_and_upcast_attn", "n_ctx", "attn_pdrop", "embd_pdrop", "resid_pdrop");
    config.inert("summary_activation", "summary_first_dropout", "summary_proj_to_labels");
    config.inert("summary_type", "summary_use_proj", "predict_special_tokens", "n_special");
    if (dModel % heads != 0) {
      config.contradiction(
          "`n_embd` " + dModel + " is not a multiple of `n_head` " + heads,
          "each head has n_embd / n_head elements");
    }
    int dHead = Math.max(1, dModel / heads);
    Activation activation = config.activation("activation_function", "gelu_new");

    List<Block> blocks = new ArrayList<>();
    int layers = config.layers("n_layer", 12);
    for (int l = 0; l < layers; l++) {
      String at = prefix + "h." + l + ".";
      Linear qkv = stored(at + "attn.c_attn", dModel, 3 * dModel);
      double scale = (scaled ? 1 / Math.sqrt(dHead) : 1) / (scaledByLayer ? l + 1 : 1);
      blocks.add(
          new Block(
              Block.Flow.SEQUENTIAL,
              Optional.of(Norm.layer(at + "ln_1", dModel, epsilon)),
              Attention.plain(
                  heads,
                  heads,
                  dHead,
                  qkv.slice(0, dModel),
                  qkv.slice(dModel, dModel),
                  qkv.slice(2 * dModel, dModel),
                  stored(at + "attn.c_proj", dModel, dModel),
                  scale),
              Optional.empty(),
              Optional.of(Norm.layer(at + "ln_2", dModel, epsilon)),
              new FeedForward.Mlp(
                  stored(at + "mlp.c_fc", dModel, dMlp),
                  Optional.empty(),
                  stored(at + "mlp.c_proj", dMlp, dModel),
                  activation),
              Optional.empty(),
              1));
    }
    TensorRef tokens = TensorRef.of(prefix + "wte.weight", vocabulary, dModel);
    boolean tied = config.flag("tie_word_embeddings", true);
    return new Architecture(
        FAMILY.name(),
        dModel,
        vocabulary,
        positions,
        new Embedding(
            tokens, 1, Optional.of(TensorRef.of(prefix + "wpe.weight", positions, dModel)), 0),
        blocks,
        Optional.of(Norm.layer(prefix + "ln_f", dModel, epsilon)),
        new Unembedding(
            tied ? tokens : TensorRef.of("lm_head.weight", vocabulary, dModel),
            "lm_head.weight",
            Optional.empty(),
            1,
            OptionalDouble.empty()));
  }

  private static Linear stored(String name, int in, int out) {
    return new Linear(
        TensorRef.transposed(name + ".weight", out, in),
        Optional.of(TensorRef.of(name + ".bias", out)));
  }
}
