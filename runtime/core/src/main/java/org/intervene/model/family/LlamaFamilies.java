package org.intervene.model.family;

import static org.intervene.model.part.Norm.Kind.RMS;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.intervene.model.Architecture;
import org.intervene.model.part.Block;
import org.intervene.model.part.Embedding;
import org.intervene.model.part.FeedForward;
import org.intervene.model.part.Norm;
import org.intervene.model.part.Rotary;
import org.intervene.model.part.TensorRef;

/** Llama and what differs from it by a setting or two. */
final class LlamaFamilies {
  static final List<Family> ALL =
      List.of(
          family("llama", LlamaFamilies::llama),
          family("mistral", LlamaFamilies::mistral),
          family("mixtral", LlamaFamilies::mixtral),
          family("granite", LlamaFamilies::granite),
          family("smollm3", LlamaFamilies::smolLm3));

  private LlamaFamilies() {}

  static Family family(String name, Family.Reader reader) {
    return Family.of(name, "embed_tokens.weight", List.of("model.", ""), reader);
  }

  private static Architecture llama(Config config, Names names) {
    Draft d = new Draft(config, names, 0, 0);
    d.qkvBias = config.flag("attention_bias", false);
    d.outBias = d.qkvBias;
    d.mlpBias = config.flag("mlp_bias", false);
    Rotary rotary = RotarySettings.usual(d.dHead).read(config);
    double epsilon = config.number("rms_norm_eps", 1e-6);
    return d.build(
        "llama",
        false,
        finalRms(d, epsilon),
        l -> block(d, l, Optional.of(rotary), OptionalInt.empty(), d.gated(l), epsilon));
  }

  private static Architecture mistral(Config config, Names names) {
    Draft d = new Draft(config, names, 8, 0);
    OptionalInt window =
        config.lacks("sliding_window") ? OptionalInt.of(4096) : config.sizeIfAny("sliding_window");
    Rotary rotary = RotarySettings.usual(d.dHead).read(config);
    double epsilon = config.number("rms_norm_eps", 1e-6);
    return d.build(
        "mistral",
        false,
        finalRms(d, epsilon),
        l -> block(d, l, Optional.of(rotary), window, d.gated(l), epsilon));
  }

  private static Architecture mixtral(Config config, Names names) {
    Draft d = new Draft(config, names, 8, 0);
    OptionalInt window = config.sizeIfAny("sliding_window");
    int experts = config.size(config.nameOf("num_local_experts", "num_experts"), 8);
    int chosen = config.size("num_experts_per_tok", 2);
    config.inert("output_router_logits", "router_aux_loss_coef", "router_jitter_noise");
    Rotary rotary = RotarySettings.usual(d.dHead).base(1e6).read(config);
    double epsilon = config.number("rms_norm_eps", 1e-5);
    return d.build(
        "mixtral",
        false,
        finalRms(d, epsilon),
        l -> {
          String at = d.at(l, "block_sparse_moe.");
          FeedForward mixture =
              Experts.of(
                  config,
                  Draft.linear(at + "gate", d.dModel, experts, false),
                  chosen,
                  true,
                  e -> d.gated(at + "experts." + e + ".", "w1", "w3", "w2", d.dMlp));
          return block(d, l, Optional.of(rotary), window, mixture, epsilon);
        });
  }

  private static Architecture granite(Config config, Names names) {
    Draft d = new Draft(config, names, 0, 0);
    d.qkvBias = config.flag("attention_bias", false);
    d.outBias = d.qkvBias;
    d.mlpBias = config.flag("mlp_bias", false);
    d.scale = config.number("attention_multiplier", 1);
    double residual = config.number("residual_multiplier", 1);
    Rotary rotary = RotarySettings.usual(d.dHead).read(config);
    double epsilon = config.number("rms_norm_eps", 1e-6);
    TensorRef tokens = d.tokens();
    return d.build(
        "granite",
        Embedding.scaled(tokens, config.number("embedding_multiplier", 1)),
        d.unembedding(tokens, false).withScale(1 / config.number("logits_scaling", 1)),
        finalRms(d, epsilon),
        l ->
            block(d, l, Optional.of(rotary), OptionalInt.empty(), d.gated(l), epsilon)
                .withResidualScale(residual));
  }

  private static Architecture smolLm3(Config config, Names names) {
    Draft d = new Draft(config, names, 4, 0);
    d.qkvBias = config.flag("attention_bias", false);
    d.outBias = d.qkvBias;
    d.mlpBias = config.flag("mlp_bias", false);
    int interval = config.size("no_rope_layer_interval", 4);
    List<Integer> turning = config.integers("no_rope_layers");
    List<String> types = config.texts("layer_types");
    boolean slides = config.flag("use_sliding_window", false);
    OptionalInt given = config.sizeIfAny("sliding_window");
    OptionalInt window = slides ? given : OptionalInt.empty();
    Rotary rotary = RotarySettings.usual(d.dHead).base(2e6).read(config);
    double epsilon = config.number("rms_norm_eps", 1e-6);
    return d.build(
        "smollm3",
        true,
        finalRms(d, epsilon),
        l -> {
          boolean turns = l < turning.size() ? turning.get(l) != 0 : (l + 1) % interval != 0;
          return block(
              d,
              l,
              turns ? Optional.of(rotary) : Optional.empty(),
              d.window(l, types, window, !turns),
              d.gated(l),
              epsilon);
        });
  }

  static Optional<Norm> finalRms(Draft d, double epsilon) {
    return Optional.of(Norm.weighted(RMS, d.names.of("norm"), epsilon, d.dModel));
  }

  static Block block(
      Draft d,
      int layer,
      Optional<Rotary> rotary,
      OptionalInt window,
      FeedForward mlp,
      double epsilon) {
    return Block.preNorm(
        d.rms(layer, "input_layernorm", RMS, epsilon),
        d.attention(layer).with(rotary).withWindow(window),
        d.rms(layer, "post_attention_layernorm", RMS, epsilon),
        mlp);
  }
}
