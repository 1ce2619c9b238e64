package org.intervene.optimise;

import org.intervene.model.ModelFacts;
import org.intervene.model.Site;

/**
 * Floating-point operations and bytes of a decoder, counted from its shapes: two operations a
 * multiply-add.
 */
public final class Cost {
  private final ModelFacts facts;

  public Cost(ModelFacts facts) {
    this.facts = facts;
  }

  /**
   * Operations of the query, key, value projections and the attention of rows that attend to so
   * many positions.
   */
  public double attention(long rows, long positions) {
    double projections =
        2.0 * rows * facts.dModel() * facts.dHead() * (facts.heads() + 2.0 * facts.kvHeads());
    double mixing = 4.0 * rows * positions * facts.heads() * facts.dHead();
    return projections + mixing;
  }

  /** Operations of the output projection. */
  public double output(long rows) {
    return 2.0 * rows * facts.heads() * facts.dHead() * facts.dModel();
  }

  /** Operations of the MLP. */
  public double mlp(long rows) {
    int matrices = facts.whyAbsent(Site.MLP_GATE).isPresent() ? 2 : 3;
    return 2.0 * matrices * rows * facts.dModel() * facts.dMlp();
  }

  /** Operations of the unembedding. */
  public double unembed(long rows, long tokens) {
    return 2.0 * rows * facts.dModel() * tokens;
  }

  /** One naive forward pass. */
  public double naive(int length) {
    return facts.layers() * (attention(length, length) + output(length) + mlp(length))
        + unembed(length, facts.vocabulary());
  }

  /**
   * What a piece of work costs on its route.
   *
   * @param reads rows that go through the unembedding
   */
  public double of(Work work, int reads) {
    int length = work.tokens().length;
    Route route = work.route();
    if (route instanceof Route.SameAs) {
      return 0;
    } else if (route instanceof Route.Close close) {
      return unembed(close.positions().length, 2);
    } else if (route instanceof Route.Full full) {
      return facts.layers()
              * (attention(full.end(), full.end()) + output(full.end()) + mlp(full.end()))
          + unembed(reads, facts.vocabulary());
    }
    Route.Join join = (Route.Join) route;
    double blocks = 0;
    for (int l = join.entry().layer(); l < facts.layers(); l++) {
      Entry.Stage stage = l == join.entry().layer() ? join.entry().stage() : Entry.Stage.BLOCK;
      int rows = join.rows();
      if (stage.compareTo(Entry.Stage.BLOCK) <= 0) {
        blocks += attention(rows, Math.min(length, join.end()));
      }
      int after = l == facts.layers() - 1 ? Math.min(rows, Math.max(1, reads)) : rows;
      blocks += stage.compareTo(Entry.Stage.Z) <= 0 ? output(after) : 0;
      blocks += stage.compareTo(Entry.Stage.MLP) <= 0 ? mlp(after) : 0;
    }
    return blocks + unembed(reads, 2);
  }

  /** Bytes that one row of a pack needs while it flows through a block, scores and MLP included. */
  public long bytesPerRow(int longest, int elementBytes) {
    long residual = 6L * facts.dModel();
    long attention =
        2L * facts.dHead() * (facts.heads() + 2L * facts.kvHeads())
            + 2L * facts.heads() * longest
            + 2L * facts.dHead() * facts.kvHeads() * longest;
    long mlp = 3L * facts.dMlp();
    return elementBytes * (residual + Math.max(attention, mlp));
  }
}
