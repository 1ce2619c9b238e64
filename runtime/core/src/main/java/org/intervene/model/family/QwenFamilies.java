package org.intervene.model.family;

import static org.intervene.model.part.Norm.Kind.RMS;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.intervene.model.Architecture;
import org.intervene.model.part.Block;
import org.intervene.model.part.FeedForward;
import org.intervene.model.part.Norm;
import org.intervene.model.part.Rotary;

/** Qwen: Llama with biases of q, k and v, or with norms of q and k. */
final class QwenFamilies {
  static final List<Family> ALL =
      List.of(
          LlamaFamilies.family("qwen2", QwenFamilies::qwen2),
          LlamaFamilies.family("qwen3", QwenFamilies::qwen3),
          LlamaFamilies.family("qwen3_moe", QwenFamilies::qwen3Moe));

  private QwenFamilies() {}

  private static Architecture qwen2(Config config, Names names) {
    Draft d = new Draft(config, names, 32, 0);
    d.qkvBias = true;
    Windows windows = Windows.read(config, d, true);
    Rotary rotary = RotarySettings.usual(d.dHead).read(config);
    double epsilon = config.number("rms_norm_eps", 1e-6);
    return d.build(
        "qwen2",
        false,
        LlamaFamilies.finalRms(d, epsilon),
        l -> LlamaFamilies.block(d, l, Optional.of(rotary), windows.of(l), d.gated(l), epsilon));
  }

  private static Architecture qwen3(Config config, Names names) {
    Draft d = new Draft(config, names, 32, 128);
    Windows windows = Windows.read(config, d, true);
    return normed("qwen3", d, windows, d::gated);
  }

  private static Architecture qwen3Moe(Config config, Names names) {
    Draft d = new Draft(config, names, 4, 0);
    Windows windows = Windows.read(config, d, false);
    int experts = config.size(config.nameOf("num_local_experts", "num_experts"), 128);
    int chosen = config.size("num_experts_per_tok", 8);
    int width = config.size("moe_intermediate_size", 768);
    int step = config.size("decoder_sparse_step", 1);
    boolean renormalised = config.flag("norm_topk_prob", false);
    List<Integer> dense = config.integers("mlp_only_layers");
    config.inert("output_router_logits", "router_aux_loss_coef");
    return normed(
        "qwen3_moe",
        d,
        windows,
        l -> {
          if (dense.contains(l) || (l + 1) % step != 0) {
            return d.gated(l);
          }
          String at = d.at(l, "mlp.");
          return Experts.of(
              config,
              Draft.linear(at + "gate", d.dModel, experts, false),
              chosen,
              renormalised,
              e -> d.gated(at + "experts." + e + ".", "gate_proj", "up_proj", "down_proj", width));
        });
  }

  private static Architecture normed(
      String family, Draft d, Windows windows, IntFunction<FeedForward> mlp) {
    d.qkvBias = d.config.flag("attention_bias", false);
    d.outBias = d.qkvBias;
    Rotary rotary = RotarySettings.usual(d.dHead).read(d.config);
    double epsilon = d.config.number("rms_norm_eps", 1e-6);
    return d.build(
        family,
        false,
        LlamaFamilies.finalRms(d, epsilon),
        l ->
            Block.preNorm(
                d.rms(l, "input_layernorm", RMS, epsilon),
                d.attention(l)
                    .withNorms(
                        Norm.weighted(RMS, d.at(l, "self_attn.q_norm"), epsilon, d.dHead),
                        Norm.weighted(RMS, d.at(l, "self_attn.k_norm"), epsilon, d.dHead),
                        true)
                    .with(Optional.of(rotary))
                    .withWindow(windows.of(l)),
                d.rms(l, "post_attention_layernorm", RMS, epsilon),
                mlp.apply(l)));
  }

  /**
   * Which layers slide.
   *
   * @param from first sliding layer where the config does not list them
   */
  private record Windows(Draft draft, List<String> types, OptionalInt width, int from) {
    static Windows read(Config config, Draft d, boolean byLayer) {
      boolean used = config.flag("use_sliding_window", false);
      config.onlyFlag("use_mrope", false);
      OptionalInt given =
          config.lacks("sliding_window")
              ? OptionalInt.of(4096)
              : config.sizeIfAny("sliding_window");
      int listed = config.count("max_window_layers", 28);
      int from = byLayer ? listed : 0;
      List<String> types = byLayer ? config.texts("layer_types") : List.of();
      return new Windows(d, types, used ? given : OptionalInt.empty(), from);
    }

    OptionalInt of(int layer) {
      return draft.window(layer, types, width, layer >= from);
    }
  }
}
