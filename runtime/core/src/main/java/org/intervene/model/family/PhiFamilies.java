package org.intervene.model.family;

import static org.intervene.model.part.Norm.Kind.RMS;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.intervene.model.Architecture;
import org.intervene.model.part.Attention;
import org.intervene.model.part.Block;
import org.intervene.model.part.Embedding;
import org.intervene.model.part.FeedForward;
import org.intervene.model.part.Linear;
import org.intervene.model.part.Norm;
import org.intervene.model.part.Rotary;
import org.intervene.model.part.TensorRef;

/** Phi: parallel blocks with one LayerNorm; and Phi-3: Llama with fused projections. */
final class PhiFamilies {
  static final List<Family> ALL =
      List.of(
          LlamaFamilies.family("phi", PhiFamilies::phi),
          LlamaFamilies.family("phi3", PhiFamilies::phi3));

  private PhiFamilies() {}

  private static Architecture phi(Config config, Names names) {
    Draft d = new Draft(config, names, 0, 0, config.activation("hidden_act", "gelu_new"));
    d.qkvBias = true;
    d.outBias = true;
    d.mlpBias = true;
    d.out = "dense";
    double epsilon = config.number("layer_norm_eps", 1e-5);
    boolean normed = config.flag("qk_layernorm", false);
    Rotary rotary = RotarySettings.usual(d.dHead).part(0.5).read(config);
    TensorRef tokens = d.tokens();
    return d.build(
        "phi",
        Embedding.plain(tokens),
        d.unembedding(tokens, false).withBias(TensorRef.of("lm_head.bias", d.vocabulary)),
        Optional.of(Norm.layer(names.of("final_layernorm"), d.dModel, epsilon)),
        l -> {
          Attention attention = d.attention(l).with(Optional.of(rotary));
          if (normed) {
            attention =
                attention.withNorms(
                    Norm.layer(d.at(l, "self_attn.q_layernorm"), d.dHead, epsilon),
                    Norm.layer(d.at(l, "self_attn.k_layernorm"), d.dHead, epsilon),
                    true);
          }
          return Block.parallel(
              d.layerNorm(l, "input_layernorm", epsilon),
              attention,
              Optional.empty(),
              d.plain(l, "fc1", "fc2"));
        });
  }

  private static Architecture phi3(Config config, Names names) {
    Draft d = new Draft(config, names, 0, 0);
    OptionalInt window = config.sizeIfAny("sliding_window");
    Rotary rotary = RotarySettings.usual(d.dHead).part(1).read(config);
    double epsilon = config.number("rms_norm_eps", 1e-5);
    return d.build(
        "phi3",
        false,
        LlamaFamilies.finalRms(d, epsilon),
        l ->
            Block.preNorm(
                d.rms(l, "input_layernorm", RMS, epsilon),
                fused(d, l).with(Optional.of(rotary)).withWindow(window),
                d.rms(l, "post_attention_layernorm", RMS, epsilon),
                gatedInOne(d, l)));
  }

  /** q, k and v one below the other in {@code qkv_proj}. */
  private static Attention fused(Draft d, int layer) {
    int q = d.heads * d.dHead;
    int kv = d.kvHeads * d.dHead;
    Linear qkv = Draft.linear(d.at(layer, "self_attn.qkv_proj"), d.dModel, q + 2L * kv, false);
    return Attention.plain(
        d.heads,
        d.kvHeads,
        d.dHead,
        qkv.slice(0, q),
        qkv.slice(q, kv),
        qkv.slice(q + kv, kv),
        Draft.linear(d.at(layer, "self_attn.o_proj"), q, d.dModel, false),
        d.scale);
  }

  private static FeedForward gatedInOne(Draft d, int layer) {
    Linear both = Draft.linear(d.at(layer, "mlp.gate_up_proj"), d.dModel, 2L * d.dMlp, false);
    return new FeedForward.Mlp(
        both.slice(0, d.dMlp),
        Optional.of(both.slice(d.dMlp, d.dMlp)),
        Draft.linear(d.at(layer, "mlp.down_proj"), d.dMlp, d.dModel, false),
        d.activation);
  }
}
