package org.intervene.model.family;

import static org.intervene.model.part.Norm.Kind.LAYER;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.intervene.model.Architecture;
import org.intervene.model.part.Activation;
import org.intervene.model.part.Alibi;
import org.intervene.model.part.Attention;
import org.intervene.model.part.Block;
import org.intervene.model.part.Embedding;
import org.intervene.model.part.FeedForward;
import org.intervene.model.part.Norm;
import org.intervene.model.part.TensorRef;
import org.intervene.model.part.Unembedding;

/** BLOOM and MPT: no position embeddings, linear biases on scores. */
final class AlibiFamilies {
  static final List<Family> ALL =
      List.of(
          Family.of(
              "bloom", "word_embeddings.weight", List.of("transformer.", ""), AlibiFamilies::bloom),
          Family.of("mpt", "wte.weight", List.of("transformer.", ""), AlibiFamilies::mpt));

  private AlibiFamilies() {}

  private static Architecture bloom(Config config, Names names) {
    int dModel = config.size(config.nameOf("hidden_size", "n_embed"));
    int layers = config.layers(config.nameOf("n_layer", "num_hidden_layers"));
    int heads = config.size(config.nameOf("n_head", "num_attention_heads"));
    int dHead = Sizes.dHead(config, dModel, heads);
    int vocabulary = config.size("vocab_size");
    double epsilon = config.number("layer_norm_epsilon", 1e-5);
    boolean toNormed = config.flag("apply_residual_connection_post_layernorm", false);
    config.inert("attention_dropout", "hidden_dropout", "pretraining_tp", "slow_but_exact");
    config.inert("attention_softmax_in_fp32", "bias_dropout_fusion", "masked_softmax_fusion");
    config.inert("n_inner", "offset_alibi", "seq_length", "skip_bias_add", "skip_bias_add_qkv");
    config.inert("unk_token_id");
    Alibi alibi = new Alibi(Alibi.slopesFromBelow(heads), 1, false);
    List<Block> blocks = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      String at = names.of("h." + l + ".");
      Attention attention =
          FusedQkv.byHead(heads, dHead)
              .attention(
                  Draft.linear(at + "self_attention.query_key_value", dModel, 3L * dModel, true),
                  Draft.linear(at + "self_attention.dense", dModel, dModel, true),
                  1 / Math.sqrt(dHead))
              .with(alibi);
      Block block =
          Block.preNorm(
              Norm.layer(at + "input_layernorm", dModel, epsilon),
              attention,
              Norm.layer(at + "post_attention_layernorm", dModel, epsilon),
              new FeedForward.Mlp(
                  Draft.linear(at + "mlp.dense_h_to_4h", dModel, 4L * dModel, true),
                  Optional.empty(),
                  Draft.linear(at + "mlp.dense_4h_to_h", 4L * dModel, dModel, true),
                  Activation.GELU_TANH_SHORT));
      blocks.add(toNormed ? block.addingToNormed() : block);
    }
    TensorRef tokens = TensorRef.of(names.of("word_embeddings.weight"), vocabulary, dModel);
    return new Architecture(
        "bloom",
        dModel,
        vocabulary,
        Integer.MAX_VALUE,
        Embedding.plain(tokens)
            .withNorm(Norm.layer(names.of("word_embeddings_layernorm"), dModel, epsilon)),
        blocks,
        Optional.of(Norm.layer(names.of("ln_f"), dModel, epsilon)),
        unembedding(config, tokens, vocabulary, dModel));
  }

  private static Architecture mpt(Config config, Names names) {
    int dModel = config.size("d_model");
    int layers = config.layers("n_layers");
    int heads = config.size("n_heads");
    int dHead = Sizes.dHead(config, dModel, heads);
    int vocabulary = config.size("vocab_size");
    double epsilon = config.number("layer_norm_epsilon", 1e-5);
    refuseWhatTransformersIgnores(config);
    Optional<Config> settings = config.object("attn_config");
    double scale =
        settings
            .map(s -> s.numberIfAny("softmax_scale"))
            .orElse(OptionalDouble.empty())
            .orElse(1 / Math.sqrt(dHead));
    OptionalDouble clip =
        settings.map(s -> s.numberIfAny("clip_qkv")).orElse(OptionalDouble.empty());
    settings.ifPresent(AlibiFamilies::checkAttention);
    Alibi alibi = new Alibi(Alibi.slopesFromAbove(heads), 1, false);
    List<Block> blocks = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      String at = names.of("blocks." + l + ".");
      Attention attention =
          FusedQkv.oneAfterTheOther(heads, heads, dHead)
              .attention(
                  Draft.linear(at + "attn.Wqkv", dModel, 3L * dModel, false),
                  Draft.linear(at + "attn.out_proj", dModel, dModel, false),
                  scale)
              .with(alibi)
              .withClip(clip);
      blocks.add(
          Block.preNorm(
              Norm.weighted(LAYER, at + "norm_1", epsilon, dModel),
              attention,
              Norm.weighted(LAYER, at + "norm_2", epsilon, dModel),
              new FeedForward.Mlp(
                  Draft.linear(at + "ffn.up_proj", dModel, 4L * dModel, false),
                  Optional.empty(),
                  Draft.linear(at + "ffn.down_proj", 4L * dModel, dModel, false),
                  Activation.GELU)));
    }
    TensorRef tokens = TensorRef.of(names.of("wte.weight"), vocabulary, dModel);
    return new Architecture(
        "mpt",
        dModel,
        vocabulary,
        Integer.MAX_VALUE,
        Embedding.plain(tokens),
        blocks,
        Optional.of(Norm.weighted(LAYER, names.of("norm_f"), epsilon, dModel)),
        unembedding(config, tokens, vocabulary, dModel));
  }

  /** transformers computes the same whatever these say; the original code does not. */
  private static void refuseWhatTransformersIgnores(Config config) {
    if (config.size("expansion_ratio", 4) != 4) {
      config.unsupported("expansion_ratio", "only 4 is supported");
    }
    config.onlyFlag("no_bias", true);
    if (config.has("logit_scale")) {
      config.unsupported("logit_scale", "only null is supported");
    }
    String norm = config.text("norm_type", "low_precision_layernorm");
    if (!norm.equals("low_precision_layernorm") && !norm.equals("layernorm")) {
      config.unsupported("norm_type", "only layernorm and low_precision_layernorm are supported");
    }
    config.inert("learned_pos_emb", "max_seq_len", "init_device", "init_config", "verbose");
    config.inert("emb_pdrop", "resid_pdrop", "embedding_fraction");
  }

  private static void checkAttention(Config settings) {
    settings.onlyFlag("alibi", true);
    settings.onlyFlag("qk_ln", false);
    settings.onlyFlag("prefix_lm", false);
    settings.onlyFlag("attn_uses_sequence_id", false);
    if (settings.number("alibi_bias_max", 8) != 8) {
      settings.unsupported("alibi_bias_max", "only 8 is supported");
    }
    if (!settings.text("attn_type", "multihead_attention").equals("multihead_attention")) {
      settings.unsupported("attn_type", "only multihead_attention is supported");
    }
    settings.inert("attn_impl", "attn_pdrop");
    settings.finish();
  }

  private static Unembedding unembedding(
      Config config, TensorRef tokens, int vocabulary, int dModel) {
    boolean tied = config.flag("tie_word_embeddings", true);
    return Unembedding.plain(
        tied ? tokens : TensorRef.of("lm_head.weight", vocabulary, dModel), "lm_head.weight");
  }
}
