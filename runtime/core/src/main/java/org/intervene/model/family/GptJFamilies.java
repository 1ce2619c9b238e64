package org.intervene.model.family;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.intervene.model.Architecture;
import org.intervene.model.part.Attention;
import org.intervene.model.part.Block;
import org.intervene.model.part.Embedding;
import org.intervene.model.part.FeedForward;
import org.intervene.model.part.Linear;
import org.intervene.model.part.Norm;
import org.intervene.model.part.Rotary;
import org.intervene.model.part.RotaryScaling;
import org.intervene.model.part.TensorRef;
import org.intervene.model.part.Unembedding;

/** GPT-J and CodeGen: parallel blocks with one norm, interleaved partial rotary embeddings. */
final class GptJFamilies {
  private static final Pattern MASKS =
      Pattern.compile("h\\.\\d+\\.attn\\.((masked_)?bias|causal_mask|embed_positions)");

  static final List<Family> ALL =
      List.of(
          new Family(
              "gptj",
              "wte.weight",
              List.of("transformer.", ""),
              MASKS,
              (config, names) -> read("gptj", config, names)),
          new Family(
              "codegen",
              "wte.weight",
              List.of("transformer.", ""),
              MASKS,
              (config, names) -> read("codegen", config, names)));

  private GptJFamilies() {}

  private static Architecture read(String family, Config config, Names names) {
    GptSizes s = GptSizes.read(config, "gelu_new");
    boolean fused = family.equals("codegen");
    int turning = config.size("rotary_dim", 64);
    config.inert("rotary", "scale_attn_weights");
    if (turning % 2 != 0 || turning > s.dHead()) {
      config.contradiction(
          "`rotary_dim` is " + turning + " where a head has " + s.dHead() + " elements",
          "it has to be even and at most the width of a head");
    }
    if (fused && s.heads() % 4 != 0) {
      config.contradiction(
          "`n_head` is " + s.heads() + ", which four blocks of heads cannot share",
          "CodeGen needs a multiple of four heads");
    }
    Rotary rotary = new Rotary(turning, true, new RotaryScaling.Plain(turning, 10000));
    TensorRef tokens = TensorRef.of(names.of("wte.weight"), s.vocabulary(), s.dModel());
    boolean tied = config.flag("tie_word_embeddings", false);
    return new Architecture(
        family,
        s.dModel(),
        s.vocabulary(),
        s.positions(),
        Embedding.plain(tokens),
        s.blocks(
            l -> {
              String at = names.of("h." + l + ".");
              return Block.parallel(
                  Norm.layer(at + "ln_1", s.dModel(), s.epsilon()),
                  attention(at + "attn.", s, fused).with(Optional.of(rotary)),
                  Optional.empty(),
                  new FeedForward.Mlp(
                      Draft.linear(at + "mlp.fc_in", s.dModel(), s.dMlp(), true),
                      Optional.empty(),
                      Draft.linear(at + "mlp.fc_out", s.dMlp(), s.dModel(), true),
                      s.activation()));
            }),
        Optional.of(Norm.layer(names.of("ln_f"), s.dModel(), s.epsilon())),
        Unembedding.plain(
                tied ? tokens : TensorRef.of("lm_head.weight", s.vocabulary(), s.dModel()),
                "lm_head.weight")
            .withBias(TensorRef.of("lm_head.bias", s.vocabulary())));
  }

  private static Attention attention(String at, GptSizes s, boolean fused) {
    double scale = 1 / Math.sqrt(s.dHead());
    Linear out = square(at + "out_proj", s);
    return fused
        ? FusedQkv.inFourBlocks(s.heads(), s.dHead())
            .attention(
                Draft.linear(at + "qkv_proj", s.dModel(), 3L * s.dModel(), false), out, scale)
        : Attention.plain(
            s.heads(),
            s.heads(),
            s.dHead(),
            square(at + "q_proj", s),
            square(at + "k_proj", s),
            square(at + "v_proj", s),
            out,
            scale);
  }

  private static Linear square(String name, GptSizes s) {
    return Draft.linear(name, s.dModel(), s.dModel(), false);
  }
}
