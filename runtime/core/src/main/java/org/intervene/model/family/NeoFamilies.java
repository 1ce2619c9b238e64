package org.intervene.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.intervene.model.Architecture;
import org.intervene.model.part.Activation;
import org.intervene.model.part.Attention;
import org.intervene.model.part.Block;
import org.intervene.model.part.Embedding;
import org.intervene.model.part.FeedForward;
import org.intervene.model.part.Norm;
import org.intervene.model.part.Rotary;
import org.intervene.model.part.TensorRef;
import org.intervene.model.part.Unembedding;

/** GPT-Neo with its local layers and unscaled scores, and GPT-NeoX, which Pythia is. */
final class NeoFamilies {
  static final List<Family> ALL =
      List.of(
          new Family(
              "gpt_neo",
              "wte.weight",
              List.of("transformer.", ""),
              Pattern.compile("h\\.\\d+\\.attn\\.attention\\.(masked_)?bias"),
              NeoFamilies::neo),
          new Family(
              "gpt_neox",
              "embed_in.weight",
              List.of("gpt_neox.", ""),
              Pattern.compile("layers\\.\\d+\\.attention\\.((masked_)?bias|rotary_emb\\.inv_freq)"),
              NeoFamilies::neoX));

  private NeoFamilies() {}

  private static Architecture neo(Config config, Names names) {
    int dModel = config.size("hidden_size");
    int layers = config.layers("num_layers");
    int heads = config.size("num_heads");
    int dHead = Sizes.dHead(config, dModel, heads);
    int dMlp = config.size("intermediate_size", 4 * dModel);
    int vocabulary = config.size("vocab_size");
    int positions = config.size("max_position_embeddings");
    int window = config.size("window_size", 256);
    double epsilon = config.number("layer_norm_epsilon", 1e-5);
    Activation activation = config.activation("activation_function", "gelu_new");
    config.inert("attention_dropout", "embed_dropout", "resid_dropout");
    config.inert("summary_activation", "summary_first_dropout", "summary_proj_to_labels");
    config.inert("summary_type", "summary_use_proj");
    List<String> kinds = layerKinds(config, layers);
    List<Block> blocks = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      String at = names.of("h." + l + ".");
      String in = at + "attn.attention.";
      boolean local = kinds.get(l).equals("local");
      Attention attention =
          Attention.plain(
                  heads,
                  heads,
                  dHead,
                  Draft.linear(in + "q_proj", dModel, dModel, false),
                  Draft.linear(in + "k_proj", dModel, dModel, false),
                  Draft.linear(in + "v_proj", dModel, dModel, false),
                  Draft.linear(in + "out_proj", dModel, dModel, true),
                  1)
              .withWindow(local ? OptionalInt.of(window) : OptionalInt.empty());
      blocks.add(
          Block.preNorm(
              Norm.layer(at + "ln_1", dModel, epsilon),
              attention,
              Norm.layer(at + "ln_2", dModel, epsilon),
              new FeedForward.Mlp(
                  Draft.linear(at + "mlp.c_fc", dModel, dMlp, true),
                  Optional.empty(),
                  Draft.linear(at + "mlp.c_proj", dMlp, dModel, true),
                  activation)));
    }
    TensorRef tokens = TensorRef.of(names.of("wte.weight"), vocabulary, dModel);
    boolean tied = config.flag("tie_word_embeddings", true);
    return new Architecture(
        "gpt_neo",
        dModel,
        vocabulary,
        positions,
        Embedding.plain(tokens)
            .withPositions(TensorRef.of(names.of("wpe.weight"), positions, dModel), 0),
        blocks,
        Optional.of(Norm.layer(names.of("ln_f"), dModel, epsilon)),
        Unembedding.plain(
            tied ? tokens : TensorRef.of("lm_head.weight", vocabulary, dModel), "lm_head.weight"));
  }

  /**
   * Global or local for each layer: {@code attention_types} holds runs [[kinds], times], {@code
   * attention_layers} the same written out.
   */
  private static List<String> layerKinds(Config config, int layers) {
    List<String> kinds = new ArrayList<>();
    for (JsonNode run : config.list("attention_types", n -> n)) {
      for (int i = 0; i < run.path(1).asInt(); i++) {
        run.path(0).forEach(kind -> kinds.add(kind.asText()));
      }
    }
    List<String> written = config.texts("attention_layers");
    List<String> found = kinds.isEmpty() ? written : kinds;
    if (found.isEmpty()) {
      for (int l = 0; l < layers; l++) {
        found = new ArrayList<>(found);
        found.add(l % 2 == 0 ? "global" : "local");
      }
    }
    boolean known = found.stream().allMatch(k -> k.equals("global") || k.equals("local"));
    if (found.size() != layers || !known || !written.isEmpty() && !written.equals(found)) {
      config.contradiction(
          "`attention_types` and `attention_layers` say " + found + " for " + layers + " layers",
          "they name global or local once for each layer, and agree");
      return Collections.nCopies(layers, "global");
    }
    return found;
  }

  private static Architecture neoX(Config config, Names names) {
    int dModel = config.size("hidden_size");
    int layers = config.layers("num_hidden_layers");
    int heads = config.size("num_attention_heads");
    int dHead = Sizes.dHead(config, dModel, heads);
    int dMlp = config.size("intermediate_size");
    int vocabulary = config.size("vocab_size");
    double epsilon = config.number("layer_norm_eps", 1e-5);
    boolean bias = config.flag("attention_bias", true);
    boolean parallel = config.flag("use_parallel_residual", true);
    Activation activation = config.activation("hidden_act", "gelu");
    config.onlyFlag("is_decoder", false);
    config.inert("attention_dropout", "hidden_dropout");
    Rotary rotary =
        RotarySettings.usual(dHead)
            .base(config.number("rotary_emb_base", 10000))
            .part(config.number("rotary_pct", 0.25))
            .read(config);
    List<Block> blocks = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      String at = names.of("layers." + l + ".");
      Attention attention =
          FusedQkv.byHead(heads, dHead)
              .attention(
                  Draft.linear(at + "attention.query_key_value", dModel, 3L * dModel, bias),
                  Draft.linear(at + "attention.dense", dModel, dModel, bias),
                  1 / Math.sqrt(dHead))
              .with(Optional.of(rotary));
      FeedForward mlp =
          new FeedForward.Mlp(
              Draft.linear(at + "mlp.dense_h_to_4h", dModel, dMlp, true),
              Optional.empty(),
              Draft.linear(at + "mlp.dense_4h_to_h", dMlp, dModel, true),
              activation);
      Norm first = Norm.layer(at + "input_layernorm", dModel, epsilon);
      Norm second = Norm.layer(at + "post_attention_layernorm", dModel, epsilon);
      blocks.add(
          parallel
              ? Block.parallel(first, attention, Optional.of(second), mlp)
              : Block.preNorm(first, attention, second, mlp));
    }
    TensorRef tokens = TensorRef.of(names.of("embed_in.weight"), vocabulary, dModel);
    boolean tied = config.flag("tie_word_embeddings", false);
    return new Architecture(
        "gpt_neox",
        dModel,
        vocabulary,
        Integer.MAX_VALUE,
        Embedding.plain(tokens),
        blocks,
        Optional.of(Norm.layer(names.of("final_layer_norm"), dModel, epsilon)),
        Unembedding.plain(
            tied ? tokens : TensorRef.of("embed_out.weight", vocabulary, dModel),
            "embed_out.weight"));
  }
}
