package org.intervene.model.family;

import static org.intervene.model.part.Norm.Kind.LAYER;
import static org.intervene.model.part.Norm.Kind.RMS;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.intervene.model.Architecture;
import org.intervene.model.part.Attention;
import org.intervene.model.part.Block;
import org.intervene.model.part.Embedding;
import org.intervene.model.part.Norm;
import org.intervene.model.part.Rotary;
import org.intervene.model.part.TensorRef;

/** Families with Llama's tensor names and norms, wiring or scores of their own. */
final class OtherFamilies {
  static final List<Family> ALL =
      List.of(
          LlamaFamilies.family("starcoder2", OtherFamilies::starCoder2),
          LlamaFamilies.family("stablelm", OtherFamilies::stableLm),
          LlamaFamilies.family("olmo", OtherFamilies::olmo),
          LlamaFamilies.family("olmo2", OtherFamilies::olmo2),
          LlamaFamilies.family("cohere", OtherFamilies::cohere));

  private OtherFamilies() {}

  private static Architecture starCoder2(Config config, Names names) {
    Draft d = new Draft(config, names, 2, 0, config.activation("hidden_act", "gelu_pytorch_tanh"));
    d.qkvBias = config.flag("use_bias", true);
    d.outBias = d.qkvBias;
    d.mlpBias = d.qkvBias;
    OptionalInt window = config.sizeIfAny("sliding_window");
    double epsilon = config.number("norm_epsilon", 1e-5);
    Rotary rotary = RotarySettings.usual(d.dHead).read(config);
    // Checkpoints name their MLP and norm, which transformers does not read.
    config.inert("mlp_type", "norm_type", "hidden_dropout", "attention_bias");
    return d.build(
        "starcoder2",
        true,
        Optional.of(Norm.layer(names.of("norm"), d.dModel, epsilon)),
        l ->
            Block.preNorm(
                d.layerNorm(l, "input_layernorm", epsilon),
                d.attention(l).with(Optional.of(rotary)).withWindow(window),
                d.layerNorm(l, "post_attention_layernorm", epsilon),
                d.plain(l, "c_fc", "c_proj")));
  }

  private static Architecture stableLm(Config config, Names names) {
    Draft d = new Draft(config, names, 32, 0);
    d.qkvBias = config.flag("use_qkv_bias", false);
    boolean normed = config.flag("qk_layernorm", false);
    boolean parallel = config.flag("use_parallel_residual", false);
    double epsilon = config.number("layer_norm_eps", 1e-5);
    Rotary rotary = RotarySettings.usual(d.dHead).part(0.25).read(config);
    return d.build(
        "stablelm",
        false,
        Optional.of(Norm.layer(names.of("norm"), d.dModel, epsilon)),
        l -> {
          Attention attention = d.attention(l).with(Optional.of(rotary));
          if (normed) {
            String at = d.at(l, "self_attn.");
            attention =
                attention.withNorms(
                    Norm.byHead(LAYER, at + "q_layernorm.norms", d.heads, d.dHead, epsilon),
                    Norm.byHead(LAYER, at + "k_layernorm.norms", d.kvHeads, d.dHead, epsilon),
                    true);
          }
          Norm before = d.layerNorm(l, "input_layernorm", epsilon);
          return parallel
              ? Block.parallel(before, attention, Optional.empty(), d.gated(l))
              : Block.preNorm(
                  before,
                  attention,
                  d.layerNorm(l, "post_attention_layernorm", epsilon),
                  d.gated(l));
        });
  }

  private static Architecture olmo(Config config, Names names) {
    Draft d = new Draft(config, names, 0, 0);
    d.qkvBias = config.flag("attention_bias", false);
    d.outBias = d.qkvBias;
    Rotary rotary = RotarySettings.usual(d.dHead).read(config);
    Norm bare = Norm.bare(LAYER, 1e-5);
    return d.build(
        "olmo",
        false,
        Optional.of(bare),
        l ->
            Block.preNorm(
                bare,
                d.attention(l).with(Optional.of(rotary)).withClip(config.numberIfAny("clip_qkv")),
                bare,
                d.gated(l)));
  }

  private static Architecture olmo2(Config config, Names names) {
    Draft d = new Draft(config, names, 0, 0);
    d.qkvBias = config.flag("attention_bias", false);
    d.outBias = d.qkvBias;
    Rotary rotary = RotarySettings.usual(d.dHead).read(config);
    double epsilon = config.number("rms_norm_eps", 1e-5);
    return d.build(
        "olmo2",
        false,
        LlamaFamilies.finalRms(d, epsilon),
        l -> {
          String at = d.at(l, "self_attn.");
          long q = (long) d.heads * d.dHead;
          long k = (long) d.kvHeads * d.dHead;
          return Block.bare(
                  d.attention(l)
                      .withNorms(
                          Norm.weighted(RMS, at + "q_norm", epsilon, q),
                          Norm.weighted(RMS, at + "k_norm", epsilon, k),
                          false)
                      .with(Optional.of(rotary)),
                  d.gated(l))
              .withPostNorms(
                  d.rms(l, "post_attention_layernorm", RMS, epsilon),
                  d.rms(l, "post_feedforward_layernorm", RMS, epsilon));
        });
  }

  private static Architecture cohere(Config config, Names names) {
    Draft d = new Draft(config, names, 0, 0);
    d.qkvBias = config.flag("attention_bias", false);
    d.outBias = d.qkvBias;
    boolean normed = config.flag("use_qk_norm", false);
    double epsilon = config.number("layer_norm_eps", 1e-5);
    Rotary rotary = RotarySettings.usual(d.dHead).base(5e5).neighbours().read(config);
    TensorRef tokens = d.tokens();
    return d.build(
        "cohere",
        Embedding.plain(tokens),
        d.unembedding(tokens, true).withScale(config.number("logit_scale", 0.0625)),
        Optional.of(Norm.weighted(LAYER, names.of("norm"), epsilon, d.dModel)),
        l -> {
          Attention attention = d.attention(l).with(Optional.of(rotary));
          if (normed) {
            String at = d.at(l, "self_attn.");
            attention =
                attention.withNorms(
                    Norm.weighted(LAYER, at + "q_norm", epsilon, d.heads, d.dHead),
                    Norm.weighted(LAYER, at + "k_norm", epsilon, d.kvHeads, d.dHead),
                    true);
          }
          return Block.parallel(
              Norm.weighted(LAYER, d.at(l, "input_layernorm"), epsilon, d.dModel),
              attention,
              Optional.empty(),
              d.gated(l));
        });
  }
}
