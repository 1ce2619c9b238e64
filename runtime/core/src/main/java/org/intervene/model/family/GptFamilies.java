package org.intervene.model.family;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.intervene.model.Architecture;
import org.intervene.model.part.Attention;
import org.intervene.model.part.Block;
import org.intervene.model.part.Embedding;
import org.intervene.model.part.FeedForward;
import org.intervene.model.part.Linear;
import org.intervene.model.part.Norm;
import org.intervene.model.part.TensorRef;
import org.intervene.model.part.Unembedding;

/** GPT-2, whose matrices are stored [in, out], and GPT-BigCode with one or all key heads. */
final class GptFamilies {
  /** Masks that old checkpoints carry. */
  private static final Pattern MASKS = Pattern.compile("h\\.\\d+\\.attn\\.(masked_)?bias");

  static final List<Family> ALL =
      List.of(
          new Family("gpt2", "wte.weight", List.of("transformer.", ""), MASKS, GptFamilies::gpt2),
          new Family(
              "gpt_bigcode",
              "wte.weight",
              List.of("transformer.", ""),
              MASKS,
              GptFamilies::bigCode));

  private GptFamilies() {}

  private static Architecture gpt2(Config config, Names names) {
    GptSizes s = GptSizes.read(config, "gelu_new");
    boolean scaled = config.flag("scale_attn_weights", true);
    boolean byLayer = config.flag("scale_attn_by_inverse_layer_idx", false);
    config.onlyFlag("add_cross_attention", false);
    // Reordering the scale only moves roundings in half precision.
    config.inert("reorder_and_upcast_attn");
    return build(
        "gpt2",
        config,
        names,
        s,
        l -> {
          String at = names.of("h." + l + ".");
          Linear qkv = transposed(at + "attn.c_attn", s.dModel(), 3L * s.dModel());
          Attention attention =
              Attention.plain(
                  s.heads(),
                  s.heads(),
                  s.dHead(),
                  qkv.slice(0, s.dModel()),
                  qkv.slice(s.dModel(), s.dModel()),
                  qkv.slice(2 * s.dModel(), s.dModel()),
                  transposed(at + "attn.c_proj", s.dModel(), s.dModel()),
                  scale(s, scaled) / (byLayer ? l + 1 : 1));
          return block(
              at,
              s,
              attention,
              transposed(at + "mlp.c_fc", s.dModel(), s.dMlp()),
              transposed(at + "mlp.c_proj", s.dMlp(), s.dModel()));
        });
  }

  private static Architecture bigCode(Config config, Names names) {
    GptSizes s = GptSizes.read(config, "gelu_pytorch_tanh");
    boolean scaled = config.flag("scale_attn_weights", true);
    boolean single = config.flag("multi_query", true);
    config.onlyFlag("add_cross_attention", false);
    config.inert("attention_softmax_in_fp32", "scale_attention_softmax_in_fp32");
    config.inert("num_key_value_heads", "inference_runner", "validate_runner_input");
    config.inert("pre_allocate_kv_cache", "max_batch_size", "max_sequence_length");
    return build(
        "gpt_bigcode",
        config,
        names,
        s,
        l -> {
          String at = names.of("h." + l + ".");
          int kvHeads = single ? 1 : s.heads();
          Linear qkv =
              Draft.linear(
                  at + "attn.c_attn", s.dModel(), (s.heads() + 2L * kvHeads) * s.dHead(), true);
          FusedQkv parts =
              single
                  ? FusedQkv.oneAfterTheOther(s.heads(), 1, s.dHead())
                  : FusedQkv.byHead(s.heads(), s.dHead());
          Attention attention =
              parts.attention(
                  qkv,
                  Draft.linear(at + "attn.c_proj", s.dModel(), s.dModel(), true),
                  scale(s, scaled));
          return block(
              at,
              s,
              attention,
              Draft.linear(at + "mlp.c_fc", s.dModel(), s.dMlp(), true),
              Draft.linear(at + "mlp.c_proj", s.dMlp(), s.dModel(), true));
        });
  }

  private static double scale(GptSizes s, boolean scaled) {
    return scaled ? 1 / Math.sqrt(s.dHead()) : 1;
  }

  private static Block block(String at, GptSizes s, Attention attention, Linear in, Linear out) {
    return Block.preNorm(
        Norm.layer(at + "ln_1", s.dModel(), s.epsilon()),
        attention,
        Norm.layer(at + "ln_2", s.dModel(), s.epsilon()),
        new FeedForward.Mlp(in, Optional.empty(), out, s.activation()));
  }

  private static Architecture build(
      String family, Config config, Names names, GptSizes s, IntFunction<Block> block) {
    TensorRef tokens = TensorRef.of(names.of("wte.weight"), s.vocabulary(), s.dModel());
    TensorRef positions = TensorRef.of(names.of("wpe.weight"), s.positions(), s.dModel());
    boolean tied = config.flag("tie_word_embeddings", true);
    return new Architecture(
        family,
        s.dModel(),
        s.vocabulary(),
        s.positions(),
        Embedding.plain(tokens).withPositions(positions, 0),
        s.blocks(block),
        Optional.of(Norm.layer(names.of("ln_f"), s.dModel(), s.epsilon())),
        Unembedding.plain(
            tied ? tokens : TensorRef.of("lm_head.weight", s.vocabulary(), s.dModel()),
            "lm_head.weight"));
  }

  private static Linear transposed(String name, long in, long out) {
    return new Linear(
        TensorRef.transposed(name + ".weight", out, in),
        Optional.of(TensorRef.of(name + ".bias", out)));
  }
}
