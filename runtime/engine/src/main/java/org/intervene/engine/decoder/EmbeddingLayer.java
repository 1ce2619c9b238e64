package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.Tensors;
import org.intervene.engine.weights.WeightLoader;
import org.intervene.model.Site;
import org.intervene.model.part.Embedding;

/** Tokens to the residual stream. */
final class EmbeddingLayer {
  private final Embedding part;
  private final NDArray tokens;
  private final Optional<Projection> project;
  private final Optional<NDArray> positions;
  private final Optional<NDArray> constant;
  private final Optional<Normalisation> norm;

  EmbeddingLayer(Embedding part, WeightLoader weights) {
    this.part = part;
    this.tokens = weights.tensor(part.tokens());
    this.project = part.project().map(p -> Projection.of(weights, p));
    this.positions = part.positions().map(weights::tensor);
    this.constant = part.constant().map(weights::tensor);
    this.norm = Normalisation.of(part.norm(), weights);
  }

  /** [row, d_model], before the hook at {@code resid_pre}. */
  NDArray apply(NDManager scope, Rows rows, Hooks hooks) {
    try (NDManager inner = scope.newSubManager()) {
      NDArray ids = Tensors.indices(inner, rows.tokens());
      NDArray x = Operations.SCRIPT.call(inner, "embed", tokens, ids, part.scale());
      if (project.isPresent()) {
        x = project.get().apply(inner, x);
      }
      x = hooked(Site.EMBED, x, rows, hooks);
      if (positions.isPresent()) {
        NDArray at = Tensors.indices(inner, positionRows(rows));
        NDArray p = Operations.SCRIPT.call(inner, "rows", positions.get(), at);
        x = Operations.SCRIPT.call(inner, "add", x, hooked(Site.POS_EMBED, p, rows, hooks));
      }
      if (constant.isPresent()) {
        x = Operations.SCRIPT.call(inner, "add", x, constant.get());
      }
      if (norm.isPresent()) {
        x = norm.get().apply(inner, x);
      }
      Home.keep(scope, x);
      return x;
    }
  }

  /**
   * Rows of the position table. A padding token reads the row before the first and is not counted.
   */
  private int[] positionRows(Rows rows) {
    int[] at = new int[rows.count()];
    int owner = -1;
    int skipped = 0;
    for (int r = 0; r < at.length; r++) {
      if (rows.owners()[r] != owner) {
        owner = rows.owners()[r];
        skipped = 0;
      }
      boolean padding = part.padding().isPresent() && rows.tokens()[r] == part.padding().getAsInt();
      at[r] = part.positionOffset() + (padding ? -1 : rows.positions()[r] - skipped);
      skipped += padding ? 1 : 0;
    }
    return at;
  }

  private static NDArray hooked(Site site, NDArray value, Rows rows, Hooks hooks) {
    return hooks.wants(site, 0) ? hooks.rows(site, 0, value, rows) : value;
  }
}
