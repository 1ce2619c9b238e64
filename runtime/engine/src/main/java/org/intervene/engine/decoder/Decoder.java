package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.Homes;
import org.intervene.engine.script.Tensors;
import org.intervene.engine.weights.WeightLoader;
import org.intervene.model.Architecture;
import org.intervene.model.Dtype;
import org.intervene.model.Site;
import org.intervene.model.placement.Placement;

/**
 * A decoder with its weights. It holds no state: a pass is a function of rows, prefixes and hooks.
 * Results belong to the manager that a call is given, which has to be where the part is that
 * computes them, and so have its tensors.
 */
public final class Decoder {
  private final Architecture architecture;
  private final Dtype dtype;
  private final Home start;
  private final EmbeddingLayer embedding;
  private final List<BlockLayers> blocks = new ArrayList<>();
  private final Optional<Normalisation> finalNorm;
  private final UnembeddingLayer unembedding;
  private final Home end;

  /**
   * Assembles a decoder.
   *
   * @param owner manager that lives as long as the decoder
   * @param placement where its parts are to be
   */
  public Decoder(
      Architecture architecture,
      WeightLoader weights,
      Dtype dtype,
      NDManager owner,
      Placement placement) {
    this.architecture = architecture;
    this.dtype = dtype;
    Homes homes = new Homes(owner);
    this.start = new Home(placement.embedding());
    weights.into(homes.at(start));
    this.embedding = new EmbeddingLayer(architecture.embedding(), weights);
    for (int l = 0; l < architecture.layers(); l++) {
      NDManager own = homes.at(new Home(placement.blocks().get(l)));
      boolean last = l == architecture.layers() - 1;
      weights.into(own);
      blocks.add(new BlockLayers(l, architecture.blocks().get(l), last, weights, dtype, own));
    }
    this.end = new Home(placement.end());
    weights.into(homes.at(end));
    this.finalNorm = Normalisation.of(architecture.finalNorm(), weights);
    this.unembedding = new UnembeddingLayer(architecture.unembedding(), weights);
    if (architecture.tied()) {
      weights.requireSame(architecture.embedding().tokens(), architecture.unembedding().ownName());
    }
  }

  public Architecture architecture() {
    return architecture;
  }

  public Dtype dtype() {
    return dtype;
  }

  public int layers() {
    return blocks.size();
  }

  public BlockLayers block(int layer) {
    return blocks.get(layer);
  }

  /** Where embeddings are: what {@link #embed} needs and gives is there. */
  public Home start() {
    return start;
  }

  /** Where final norm and unembedding are: what they need and give is there. */
  public Home end() {
    return end;
  }

  /**
   * The residual stream that enters the first block, [row, d_model], before the hook at {@code
   * resid_pre}.
   */
  public NDArray embed(NDManager scope, Rows rows, Hooks hooks) {
    return embedding.apply(scope, rows, hooks);
  }

  /**
   * The final norm of {@code resid_post} (after its hook), [row, d_model], after the hook at {@code
   * final_norm}.
   */
  public NDArray finalNorm(NDManager scope, NDArray resid, Rows rows, Hooks hooks) {
    NDArray x = finalNorm.map(n -> n.apply(scope, resid)).orElse(resid);
    return hooked(Site.FINAL_NORM, x, rows, hooks);
  }

  /** Logits of all tokens, [row, vocab], after the hook at {@code logits}. */
  public NDArray logits(NDManager scope, NDArray normed, Rows rows, Hooks hooks) {
    NDArray logits = unembedding.all(scope, normed);
    return hooked(Site.LOGITS, logits, rows, hooks);
  }

  /**
   * Logits of one token a row.
   *
   * @param ids [row]
   * @return [row]
   */
  public NDArray picked(NDManager scope, NDArray normed, int[] ids) {
    return unembedding.picked(scope, normed, ids);
  }

  /** The direction whose inner product with a normed residual is a token's logit, [1, d_model]. */
  public NDArray unembedding(NDManager scope, int token) {
    return unembedding.direction(scope, token);
  }

  /**
   * Some rows of a matrix.
   *
   * @param index of whole numbers, where the matrix is
   */
  public static NDArray rows(NDManager scope, NDArray x, NDArray index) {
    return Operations.SCRIPT.call(scope, "rows", x, index);
  }

  /** Some rows of a matrix. */
  public static NDArray rows(NDManager scope, NDArray x, int[] index) {
    try (NDManager inner = scope.newSubManager()) {
      return Operations.SCRIPT.call(scope, "rows", x, Tensors.indices(inner, index));
    }
  }

  private static NDArray hooked(Site site, NDArray value, Rows rows, Hooks hooks) {
    return hooks.wants(site, 0) ? hooks.rows(site, 0, value, rows) : value;
  }
}
