package org.intervene.model.family;

import static org.intervene.model.part.Norm.Kind.RMS_PLUS_ONE;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.intervene.model.Architecture;
import org.intervene.model.part.Activation;
import org.intervene.model.part.Attention;
import org.intervene.model.part.Block;
import org.intervene.model.part.Embedding;
import org.intervene.model.part.Norm;
import org.intervene.model.part.Rotary;
import org.intervene.model.part.TensorRef;

/**
 * Gemma: embeddings times the square root of the width, RMS norms that multiply by one plus their
 * weight; from the second generation on norms on both sides, soft caps and sliding layers.
 */
final class GemmaFamilies {
  static final List<Family> ALL =
      List.of(
          LlamaFamilies.family("gemma", GemmaFamilies::gemma),
          LlamaFamilies.family("gemma2", GemmaFamilies::gemma2),
          LlamaFamilies.family("gemma3_text", GemmaFamilies::gemma3));

  private GemmaFamilies() {}

  private static Architecture gemma(Config config, Names names) {
    // The first checkpoints say gelu and were trained with its tanh form.
    String named = config.text("hidden_act", "gelu_pytorch_tanh");
    Activation activation =
        named.equals("gelu")
            ? Activation.GELU_TANH
            : config.activation("hidden_act", "gelu_pytorch_tanh");
    config.inert("hidden_activation");
    Draft d = draft(config, names, 16, activation);
    Rotary rotary = RotarySettings.usual(d.dHead).read(config);
    double epsilon = config.number("rms_norm_eps", 1e-6);
    TensorRef tokens = d.tokens();
    return d.build(
        "gemma",
        Embedding.scaled(tokens, Math.sqrt(d.dModel)),
        d.unembedding(tokens, true),
        finalNorm(d, epsilon),
        l ->
            Block.preNorm(
                d.rms(l, "input_layernorm", RMS_PLUS_ONE, epsilon),
                d.attention(l).with(Optional.of(rotary)),
                d.rms(l, "post_attention_layernorm", RMS_PLUS_ONE, epsilon),
                d.gated(l)));
  }

  private static Architecture gemma2(Config config, Names names) {
    Draft d = sandwich(config, names);
    OptionalDouble scoreCap = cap(config, "attn_logit_softcapping", OptionalDouble.of(50));
    OptionalDouble logitCap = cap(config, "final_logit_softcapping", OptionalDouble.of(30));
    OptionalInt window = window(config);
    List<String> types = config.texts("layer_types");
    Rotary rotary = RotarySettings.usual(d.dHead).read(config);
    double epsilon = config.number("rms_norm_eps", 1e-6);
    return build(
        "gemma2",
        d,
        epsilon,
        logitCap,
        l ->
            d.attention(l)
                .with(Optional.of(rotary))
                .withSoftCap(scoreCap)
                .withWindow(d.window(l, types, window, l % 2 == 0)));
  }

  private static Architecture gemma3(Config config, Names names) {
    Draft d = sandwich(config, names);
    if (config.has("attn_logit_softcapping")) {
      config.unsupported("attn_logit_softcapping", "Gemma 3 has no soft cap on scores; remove it");
    }
    OptionalDouble logitCap = cap(config, "final_logit_softcapping", OptionalDouble.empty());
    OptionalInt window = window(config);
    List<String> types = config.texts("layer_types");
    int every = config.size(config.nameOf("sliding_window_pattern", "_sliding_window_pattern"), 6);
    config.inert("_sliding_window_pattern");
    Rotary[] rotary = rotaryByType(config, d);
    double epsilon = config.number("rms_norm_eps", 1e-6);
    return build(
        "gemma3_text",
        d,
        epsilon,
        logitCap,
        l -> {
          OptionalInt own = d.window(l, types, window, (l + 1) % every != 0);
          boolean slides =
              types.size() > l ? types.get(l).equals("sliding_attention") : own.isPresent();
          return d.attention(l)
              .withNorms(headNorm(d, l, "q_norm", epsilon), headNorm(d, l, "k_norm", epsilon), true)
              .with(Optional.of(rotary[slides ? 1 : 0]))
              .withWindow(own);
        });
  }

  /** Rotary embeddings of full and of sliding layers. */
  private static Rotary[] rotaryByType(Config config, Draft d) {
    int positions = config.size("max_position_embeddings", 131072);
    RotarySettings full = RotarySettings.usual(d.dHead).base(config.number("rope_theta", 1e6));
    RotarySettings sliding =
        RotarySettings.usual(d.dHead).base(config.number("rope_local_base_freq", 1e4));
    Optional<Config> both = config.object("rope_parameters");
    Optional<Config> ofFull =
        config.has("rope_scaling")
            ? config.object("rope_scaling")
            : both.flatMap(b -> b.object("full_attention"));
    Optional<Config> ofSliding = both.flatMap(b -> b.object("sliding_attention"));
    both.ifPresent(Config::finish);
    return new Rotary[] {
      full.read(config, ofFull, OptionalInt.empty(), positions),
      sliding.read(config, ofSliding, OptionalInt.empty(), positions)
    };
  }

  private static Draft sandwich(Config config, Names names) {
    config.inert("hidden_act", "cache_implementation");
    Draft d = draft(config, names, 4, config.activation("hidden_activation", "gelu_pytorch_tanh"));
    d.scale = Math.pow(config.number("query_pre_attn_scalar", 256), -0.5);
    return d;
  }

  private static Draft draft(Config config, Names names, int kvHeads, Activation activation) {
    config.onlyFlag("use_bidirectional_attention", false);
    Draft d = new Draft(config, names, kvHeads, 256, activation);
    d.qkvBias = config.flag("attention_bias", false);
    d.outBias = d.qkvBias;
    return d;
  }

  private static Architecture build(
      String family,
      Draft d,
      double epsilon,
      OptionalDouble logitCap,
      IntFunction<Attention> attention) {
    TensorRef tokens = d.tokens();
    return d.build(
        family,
        Embedding.scaled(tokens, Math.sqrt(d.dModel)),
        d.unembedding(tokens, true).withSoftCap(logitCap),
        finalNorm(d, epsilon),
        l ->
            Block.preNorm(
                    d.rms(l, "input_layernorm", RMS_PLUS_ONE, epsilon),
                    attention.apply(l),
                    d.rms(l, "pre_feedforward_layernorm", RMS_PLUS_ONE, epsilon),
                    d.gated(l))
                .withPostNorms(
                    d.rms(l, "post_attention_layernorm", RMS_PLUS_ONE, epsilon),
                    d.rms(l, "post_feedforward_layernorm", RMS_PLUS_ONE, epsilon)));
  }

  private static Norm headNorm(Draft d, int layer, String name, double epsilon) {
    return Norm.weighted(RMS_PLUS_ONE, d.at(layer, "self_attn." + name), epsilon, d.dHead);
  }

  private static Optional<Norm> finalNorm(Draft d, double epsilon) {
    return Optional.of(Norm.weighted(RMS_PLUS_ONE, d.names.of("norm"), epsilon, d.dModel));
  }

  private static OptionalInt window(Config config) {
    return config.lacks("sliding_window")
        ? OptionalInt.of(4096)
        : config.sizeIfAny("sliding_window");
  }

  /** Null means no cap; an absent key means the family's own. */
  private static OptionalDouble cap(Config config, String key, OptionalDouble absent) {
    return config.lacks(key) ? absent : config.numberIfAny(key);
  }
}
