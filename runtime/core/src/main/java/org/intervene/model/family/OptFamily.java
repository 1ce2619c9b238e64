package org.intervene.model.family;

import static org.intervene.model.part.Norm.Kind.LAYER;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * OPT: learned positions from row 2 on, norms before or behind the additions, narrow embeddings.
 */
final class OptFamily {
  static final Family FAMILY =
      Family.of(
          "opt", "embed_tokens.weight", List.of("model.decoder.", "decoder.", ""), OptFamily::read);

  private static final double EPSILON = 1e-5;
  private static final int FIRST_POSITION = 2;

  private OptFamily() {}

  private static Architecture read(Config config, Names names) {
    int dModel = config.size("hidden_size");
    int layers = config.layers("num_hidden_layers");
    int heads = config.size("num_attention_heads");
    int dHead = Sizes.dHead(config, dModel, heads);
    int dMlp = config.size("ffn_dim");
    int vocabulary = config.size("vocab_size");
    int positions = config.size("max_position_embeddings");
    int narrow = config.size("word_embed_proj_dim", dModel);
    boolean before = config.flag("do_layer_norm_before", true);
    boolean bias = config.flag("enable_bias", true);
    boolean affine = config.flag("layer_norm_elementwise_affine", true);
    boolean last = !config.flag("_remove_final_layer_norm", false);
    Activation activation = config.activation("activation_function", "relu");
    config.inert("attention_dropout", "dropout", "activation_dropout", "layerdrop", "init_std");
    config.inert("prefix", "output_projection", "use_cache");
    List<Block> blocks = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      String at = names.of("layers." + l + ".");
      Attention attention =
          Attention.plain(
              heads,
              heads,
              dHead,
              Draft.linear(at + "self_attn.q_proj", dModel, dModel, bias),
              Draft.linear(at + "self_attn.k_proj", dModel, dModel, bias),
              Draft.linear(at + "self_attn.v_proj", dModel, dModel, bias),
              Draft.linear(at + "self_attn.out_proj", dModel, dModel, bias),
              1 / Math.sqrt(dHead));
      FeedForward mlp =
          new FeedForward.Mlp(
              Draft.linear(at + "fc1", dModel, dMlp, bias),
              Optional.empty(),
              Draft.linear(at + "fc2", dMlp, dModel, bias),
              activation);
      Norm first = norm(at + "self_attn_layer_norm", dModel, affine);
      Norm second = norm(at + "final_layer_norm", dModel, affine);
      blocks.add(
          before
              ? Block.preNorm(first, attention, second, mlp)
              : Block.bare(attention, mlp).withSumNorms(first, second));
    }
    TensorRef tokens = TensorRef.of(names.of("embed_tokens.weight"), vocabulary, narrow);
    Embedding embedding =
        Embedding.plain(tokens)
            .withPositions(
                TensorRef.of(
                    names.of("embed_positions.weight"), positions + FIRST_POSITION, dModel),
                FIRST_POSITION);
    boolean tied = config.flag("tie_word_embeddings", true);
    Unembedding unembedding =
        Unembedding.plain(
            tied ? tokens : TensorRef.of("lm_head.weight", vocabulary, narrow), "lm_head.weight");
    if (narrow != dModel) {
      Linear in = Draft.linear(names.of("project_in"), narrow, dModel, false);
      Linear out = Draft.linear(names.of("project_out"), dModel, narrow, false);
      embedding = embedding.withProjection(in);
      unembedding =
          unembedding.withHead(new Unembedding.Head(out, Optional.empty(), Optional.empty()));
    }
    return new Architecture(
        "opt",
        dModel,
        vocabulary,
        positions,
        embedding,
        blocks,
        before && last
            ? Optional.of(norm(names.of("final_layer_norm"), dModel, affine))
            : Optional.empty(),
        unembedding);
  }

  private static Norm norm(String name, int width, boolean affine) {
    return affine ? Norm.layer(name, width, EPSILON) : Norm.bare(LAYER, EPSILON);
  }
}
