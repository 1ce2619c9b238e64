package org.intervene.model.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.intervene.model.Architecture;
import org.intervene.model.part.Activation;
import org.intervene.model.part.Alibi;
import org.intervene.model.part.Attention;
import org.intervene.model.part.Block;
import org.intervene.model.part.Embedding;
import org.intervene.model.part.FeedForward;
import org.intervene.model.part.Norm;
import org.intervene.model.part.Rotary;
import org.intervene.model.part.TensorRef;
import org.intervene.model.part.Unembedding;

/** Falcon in its three builds: multi-query, multi-head with linear biases, grouped. */
final class FalconFamily {
  static final Family FAMILY =
      Family.of(
          "falcon", "word_embeddings.weight", List.of("transformer.", ""), FalconFamily::read);

  private FalconFamily() {}

  private static Architecture read(Config config, Names names) {
    int dModel = config.size("hidden_size");
    int layers = config.layers(config.nameOf("num_hidden_layers", "n_layer"));
    int heads = config.size(config.nameOf("num_attention_heads", "n_head"));
    int dHead = Sizes.dHead(config, dModel, heads);
    int dMlp = config.size("ffn_hidden_size", 4 * dModel);
    int vocabulary = config.size("vocab_size");
    double epsilon = config.number("layer_norm_epsilon", 1e-5);
    boolean bias = config.flag("bias", false);
    boolean grouped = config.flag("new_decoder_architecture", false);
    boolean single = config.flag("multi_query", true);
    boolean parallel = config.flag("parallel_attn", true) || grouped;
    boolean biased = config.flag("alibi", false);
    int groups = config.size(config.nameOf("num_kv_heads", "n_head_kv"), heads);
    int norms = config.size("num_ln_in_parallel_attn", grouped ? 2 : 1);
    Activation activation = config.activation("activation", "gelu");
    config.inert("attention_dropout", "hidden_dropout");
    config.inert("apply_residual_connection_post_layernorm");
    config.inert("rope_theta", "rope_scaling", "rope_parameters", "max_position_embeddings");
    Optional<Rotary> rotary =
        biased ? Optional.empty() : Optional.of(RotarySettings.usual(dHead).read(config));
    if (grouped && heads % groups != 0) {
      config.contradiction(
          heads + " query heads cannot share " + groups + " key and value heads evenly",
          "`num_attention_heads` has to be a multiple of `num_kv_heads`");
    }
    FusedQkv fused =
        grouped
            ? FusedQkv.byGroup(heads, groups, dHead)
            : single ? FusedQkv.oneAfterTheOther(heads, 1, dHead) : FusedQkv.byHead(heads, dHead);
    double scale = 1 / Math.sqrt(dHead);
    Alibi alibi = new Alibi(Alibi.slopesFromBelow(heads), scale, true);
    long rows = (heads + 2L * fused.kvHeads()) * dHead;
    List<Block> blocks = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      String at = names.of("h." + l + ".");
      Attention plain =
          fused.attention(
              Draft.linear(at + "self_attention.query_key_value", dModel, rows, bias),
              Draft.linear(at + "self_attention.dense", dModel, dModel, bias),
              scale);
      Attention attention = biased ? plain.with(alibi) : plain.with(rotary);
      FeedForward mlp =
          new FeedForward.Mlp(
              Draft.linear(at + "mlp.dense_h_to_4h", dModel, dMlp, bias),
              Optional.empty(),
              Draft.linear(at + "mlp.dense_4h_to_h", dMlp, dModel, bias),
              activation);
      boolean two = parallel && grouped && norms == 2;
      Norm first = Norm.layer(at + (two ? "ln_attn" : "input_layernorm"), dModel, epsilon);
      blocks.add(
          parallel
              ? Block.parallel(
                  first,
                  attention,
                  two ? Optional.of(Norm.layer(at + "ln_mlp", dModel, epsilon)) : Optional.empty(),
                  mlp)
              : Block.preNorm(
                  first,
                  attention,
                  Norm.layer(at + "post_attention_layernorm", dModel, epsilon),
                  mlp));
    }
    TensorRef tokens = TensorRef.of(names.of("word_embeddings.weight"), vocabulary, dModel);
    boolean tied = config.flag("tie_word_embeddings", true);
    return new Architecture(
        "falcon",
        dModel,
        vocabulary,
        Integer.MAX_VALUE,
        Embedding.plain(tokens),
        blocks,
        Optional.of(Norm.layer(names.of("ln_f"), dModel, epsilon)),
        Unembedding.plain(
            tied ? tokens : TensorRef.of("lm_head.weight", vocabulary, dModel), "lm_head.weight"));
  }
}
