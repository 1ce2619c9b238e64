package org.intervene.model.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.intervene.model.Architecture;
import org.intervene.model.part.Activation;
import org.intervene.model.part.Attention;
import org.intervene.model.part.Block;
import org.intervene.model.part.Embedding;
import org.intervene.model.part.FeedForward;
import org.intervene.model.part.Linear;
import org.intervene.model.part.Norm;
import org.intervene.model.part.Rows;
import org.intervene.model.part.TensorRef;
import org.intervene.model.part.Unembedding;

/**
 * BERT, RoBERTa and DistilBERT with their masked-token heads: attention in both directions, norms
 * behind the additions.
 */
final class EncoderFamilies {
  private static final Pattern UNUSED =
      Pattern.compile(
          "(pooler|seq_relationship|cls\\.seq_relationship)\\..*|embeddings\\.position_ids|.*decoder\\.bias");

  static final List<Family> ALL =
      List.of(
          new Family(
              "bert",
              "embeddings.word_embeddings.weight",
              List.of("bert.", ""),
              UNUSED,
              EncoderFamilies::bert),
          new Family(
              "roberta",
              "embeddings.word_embeddings.weight",
              List.of("roberta.", ""),
              UNUSED,
              EncoderFamilies::roberta),
          new Family(
              "distilbert",
              "embeddings.word_embeddings.weight",
              List.of("distilbert.", ""),
              UNUSED,
              EncoderFamilies::distilBert));

  private EncoderFamilies() {}

  /** What the three have in common once their keys are read. */
  private record EncoderSizes(
      int dModel,
      int layers,
      int heads,
      int dHead,
      int dMlp,
      int vocabulary,
      int rows,
      double epsilon,
      Activation activation) {}

  private static EncoderSizes sizes(Config config) {
    config.onlyFlag("is_decoder", false);
    config.onlyFlag("add_cross_attention", false);
    String kind = config.text("position_embedding_type", "absolute");
    if (!kind.equals("absolute")) {
      config.unsupported("position_embedding_type", "only absolute is supported");
    }
    config.inert("attention_probs_dropout_prob", "hidden_dropout_prob");
    int dModel = config.size("hidden_size");
    int heads = config.size("num_attention_heads");
    return new EncoderSizes(
        dModel,
        config.layers("num_hidden_layers"),
        heads,
        Sizes.dHead(config, dModel, heads),
        config.size("intermediate_size"),
        config.size("vocab_size"),
        config.size("max_position_embeddings"),
        config.number("layer_norm_eps", 1e-12),
        config.activation("hidden_act", "gelu"));
  }

  private static Architecture bert(Config config, Names names) {
    EncoderSizes s = sizes(config);
    int types = config.size("type_vocab_size", 2);
    Embedding embedding =
        embedding(names, s)
            .withPositions(positions(names, s), 0)
            .withConstant(types(names, s, types));
    String head = "cls.predictions.";
    return encoder(
        "bert",
        s,
        s.rows(),
        embedding,
        l -> layer(names, l, s),
        unembedding(
            config,
            s,
            embedding.tokens(),
            head + "decoder.weight",
            names.any(head + "bias", head + "decoder.bias"),
            new Unembedding.Head(
                Draft.linear(head + "transform.dense", s.dModel(), s.dModel(), true),
                Optional.of(s.activation()),
                Optional.of(norm(names, head + "transform.LayerNorm", s)))));
  }

  private static Architecture roberta(Config config, Names names) {
    EncoderSizes s = sizes(config);
    int types = config.size("type_vocab_size", 2);
    int padding = config.count("pad_token_id", 1);
    int first = padding + 1;
    Embedding embedding =
        embedding(names, s)
            .withPositions(positions(names, s), first)
            .withConstant(types(names, s, types))
            .withPadding(padding);
    return encoder(
        "roberta",
        s,
        s.rows() - first,
        embedding,
        l -> layer(names, l, s),
        unembedding(
            config,
            s,
            embedding.tokens(),
            "lm_head.decoder.weight",
            names.any("lm_head.bias", "lm_head.decoder.bias"),
            new Unembedding.Head(
                Draft.linear("lm_head.dense", s.dModel(), s.dModel(), true),
                Optional.of(Activation.GELU),
                Optional.of(norm(names, "lm_head.layer_norm", s)))));
  }

  private static Architecture distilBert(Config config, Names names) {
    int dModel = config.size("dim");
    int heads = config.size("n_heads");
    EncoderSizes s =
        new EncoderSizes(
            dModel,
            config.layers("n_layers"),
            heads,
            Sizes.dHead(config, dModel, heads),
            config.size("hidden_dim"),
            config.size("vocab_size"),
            config.size("max_position_embeddings"),
            1e-12,
            config.activation("activation", "gelu"));
    config.inert("attention_dropout", "dropout", "qa_dropout", "seq_classif_dropout");
    config.inert("sinusoidal_pos_embds", "tie_weights_");
    Embedding embedding = embedding(names, s).withPositions(positions(names, s), 0);
    return encoder(
        "distilbert",
        s,
        s.rows(),
        embedding,
        l -> {
          String at = names.of("transformer.layer." + l + ".");
          return block(
              names,
              s,
              at + "attention.",
              List.of("q_lin", "k_lin", "v_lin", "out_lin"),
              at + "sa_layer_norm",
              at + "ffn.lin1",
              at + "ffn.lin2",
              at + "output_layer_norm");
        },
        unembedding(
            config,
            s,
            embedding.tokens(),
            "vocab_projector.weight",
            "vocab_projector.bias",
            new Unembedding.Head(
                Draft.linear("vocab_transform", s.dModel(), s.dModel(), true),
                Optional.of(s.activation()),
                Optional.of(norm(names, "vocab_layer_norm", s)))));
  }

  private static Embedding embedding(Names names, EncoderSizes s) {
    TensorRef tokens =
        TensorRef.of(names.of("embeddings.word_embeddings.weight"), s.vocabulary(), s.dModel());
    return Embedding.plain(tokens).withNorm(norm(names, names.of("embeddings.LayerNorm"), s));
  }

  private static TensorRef positions(Names names, EncoderSizes s) {
    return TensorRef.of(names.of("embeddings.position_embeddings.weight"), s.rows(), s.dModel());
  }

  /** An input is one segment, of the first type. */
  private static TensorRef types(Names names, EncoderSizes s, int types) {
    return TensorRef.of(names.of("embeddings.token_type_embeddings.weight"), types, s.dModel())
        .pick(new Rows.Range(0, 1));
  }

  private static Block layer(Names names, int layer, EncoderSizes s) {
    String at = names.of("encoder.layer." + layer + ".");
    return block(
        names,
        s,
        at + "attention.",
        List.of("self.query", "self.key", "self.value", "output.dense"),
        at + "attention.output.LayerNorm",
        at + "intermediate.dense",
        at + "output.dense",
        at + "output.LayerNorm");
  }

  private static Block block(
      Names names,
      EncoderSizes s,
      String at,
      List<String> projections,
      String attnNorm,
      String in,
      String out,
      String mlpNorm) {
    List<Linear> four =
        projections.stream().map(p -> Draft.linear(at + p, s.dModel(), s.dModel(), true)).toList();
    Attention attention =
        Attention.plain(
                s.heads(),
                s.heads(),
                s.dHead(),
                four.get(0),
                four.get(1),
                four.get(2),
                four.get(3),
                1 / Math.sqrt(s.dHead()))
            .bidirectional();
    FeedForward mlp =
        new FeedForward.Mlp(
            Draft.linear(in, s.dModel(), s.dMlp(), true),
            Optional.empty(),
            Draft.linear(out, s.dMlp(), s.dModel(), true),
            s.activation());
    return Block.bare(attention, mlp)
        .withSumNorms(norm(names, attnNorm, s), norm(names, mlpNorm, s));
  }

  /** Older checkpoints call weight and bias gamma and beta. */
  private static Norm norm(Names names, String at, EncoderSizes s) {
    return Norm.layer(
        names.any(at + ".weight", at + ".gamma"),
        names.any(at + ".bias", at + ".beta"),
        s.dModel(),
        s.epsilon());
  }

  private static Unembedding unembedding(
      Config config,
      EncoderSizes s,
      TensorRef tokens,
      String ownName,
      String bias,
      Unembedding.Head head) {
    boolean tied = config.flag("tie_word_embeddings", true);
    return Unembedding.plain(
            tied ? tokens : TensorRef.of(ownName, s.vocabulary(), s.dModel()), ownName)
        .withBias(TensorRef.of(bias, s.vocabulary()))
        .withHead(head);
  }

  private static Architecture encoder(
      String family,
      EncoderSizes s,
      int positions,
      Embedding embedding,
      IntFunction<Block> block,
      Unembedding unembedding) {
    List<Block> blocks = new ArrayList<>();
    for (int l = 0; l < s.layers(); l++) {
      blocks.add(block.apply(l));
    }
    return new Architecture(
        family,
        s.dModel(),
        s.vocabulary(),
        positions,
        embedding,
        blocks,
        Optional.empty(),
        unembedding);
  }
}
