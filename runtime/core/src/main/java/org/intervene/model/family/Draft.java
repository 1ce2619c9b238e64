package org.intervene.model.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
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
 * What families after Llama have in common: keys and tensor names of sizes, separate projections, a
 * gated MLP. A description sets what differs and names the blocks.
 */
final class Draft {
  final Config config;
  final Names names;
  final int dModel;
  final int layers;
  final int heads;
  final int kvHeads;
  final int dHead;
  final int dMlp;
  final int vocabulary;
  final Activation activation;
  boolean qkvBias;
  boolean outBias;
  boolean mlpBias;
  double scale;
  String out = "o_proj";

  /**
   * Reads the sizes.
   *
   * @param kvHeads key and value heads where the config does not have the key; 0 means as many as
   *     query heads
   * @param dHead width of a head where the config has none; 0 means d_model / heads
   */
  Draft(Config config, Names names, int kvHeads, int dHead) {
    this(config, names, kvHeads, dHead, config.activation("hidden_act", "silu"));
  }

  Draft(Config config, Names names, int kvHeads, int dHead, Activation activation) {
    this.config = config;
    this.names = names;
    this.activation = activation;
    dModel = config.size("hidden_size");
    layers = config.layers("num_hidden_layers");
    heads = config.size("num_attention_heads");
    int absent = kvHeads > 0 && config.lacks("num_key_value_heads") ? kvHeads : heads;
    this.kvHeads = config.size("num_key_value_heads", absent);
    this.dHead = config.size("head_dim", dHead > 0 ? dHead : Sizes.dHead(config, dModel, heads));
    dMlp = config.size("intermediate_size");
    vocabulary = config.size("vocab_size");
    scale = 1 / Math.sqrt(this.dHead);
    if (heads % this.kvHeads != 0) {
      config.contradiction(
          heads + " query heads cannot share " + this.kvHeads + " key and value heads evenly",
          "`num_attention_heads` has to be a multiple of `num_key_value_heads`");
    }
    config.inert(
        "attention_dropout", "hidden_dropout", "pretraining_tp", "max_position_embeddings");
    config.inert("embd_pdrop", "resid_pdrop", "embedding_dropout", "residual_dropout");
  }

  /** Full name of something in a layer. */
  String at(int layer, String name) {
    return names.of("layers." + layer + "." + name);
  }

  /** Attention with four separate projections in {@code self_attn}. */
  Attention attention(int layer) {
    String at = at(layer, "self_attn.");
    return Attention.plain(
        heads,
        kvHeads,
        dHead,
        linear(at + "q_proj", dModel, heads * dHead, qkvBias),
        linear(at + "k_proj", dModel, kvHeads * dHead, qkvBias),
        linear(at + "v_proj", dModel, kvHeads * dHead, qkvBias),
        linear(at + out, heads * dHead, dModel, outBias),
        scale);
  }

  /** The gated MLP of a layer. */
  FeedForward.Mlp gated(int layer) {
    return gated(at(layer, "mlp."), "gate_proj", "up_proj", "down_proj", dMlp);
  }

  /** A gated MLP whose projections have these names. */
  FeedForward.Mlp gated(String at, String in, String gate, String down, int width) {
    return new FeedForward.Mlp(
        linear(at + in, dModel, width, mlpBias),
        Optional.of(linear(at + gate, dModel, width, mlpBias)),
        linear(at + down, width, dModel, mlpBias),
        activation);
  }

  /** An MLP without a gate. */
  FeedForward.Mlp plain(int layer, String in, String down) {
    String at = at(layer, "mlp.");
    return new FeedForward.Mlp(
        linear(at + in, dModel, dMlp, mlpBias),
        Optional.empty(),
        linear(at + down, dMlp, dModel, mlpBias),
        activation);
  }

  /** A norm of the stream in a layer, without bias. */
  Norm rms(int layer, String name, Norm.Kind kind, double epsilon) {
    return Norm.weighted(kind, at(layer, name), epsilon, dModel);
  }

  /** A LayerNorm of the stream in a layer. */
  Norm layerNorm(int layer, String name, double epsilon) {
    return Norm.layer(at(layer, name), dModel, epsilon);
  }

  /** The model with a final norm and these blocks, embedding tied or not as the config says. */
  Architecture build(
      String family, boolean tied, Optional<Norm> finalNorm, IntFunction<Block> block) {
    TensorRef tokens = TensorRef.of(names.of("embed_tokens.weight"), vocabulary, dModel);
    return build(family, Embedding.plain(tokens), unembedding(tokens, tied), finalNorm, block);
  }

  Architecture build(
      String family,
      Embedding embedding,
      Unembedding unembedding,
      Optional<Norm> finalNorm,
      IntFunction<Block> block) {
    List<Block> blocks = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      blocks.add(block.apply(l));
    }
    return new Architecture(
        family, dModel, vocabulary, Integer.MAX_VALUE, embedding, blocks, finalNorm, unembedding);
  }

  TensorRef tokens() {
    return TensorRef.of(names.of("embed_tokens.weight"), vocabulary, dModel);
  }

  Unembedding unembedding(TensorRef tokens, boolean tied) {
    boolean shared = config.flag("tie_word_embeddings", tied);
    return Unembedding.plain(
        shared ? tokens : TensorRef.of("lm_head.weight", vocabulary, dModel), "lm_head.weight");
  }

  /** Window of a layer that {@code layer_types} names, or else a rule. */
  OptionalInt window(int layer, List<String> types, OptionalInt width, boolean otherwise) {
    boolean slides = otherwise;
    if (!types.isEmpty()) {
      String type = types.size() > layer ? types.get(layer) : "";
      if (!type.equals("full_attention") && !type.equals("sliding_attention")) {
        config.unsupported(
            "layer_types", "each of the layers is full_attention or sliding_attention");
      }
      slides = type.equals("sliding_attention");
    }
    return slides ? width : OptionalInt.empty();
  }

  static Linear linear(String name, long in, long out, boolean bias) {
    return new Linear(
        TensorRef.of(name + ".weight", out, in),
        bias ? Optional.of(TensorRef.of(name + ".bias", out)) : Optional.empty());
  }
}
