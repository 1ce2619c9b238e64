package org.intervene.optimise;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.plan.Plan;
import org.intervene.plan.Read;

/**
 * Floating-point operations and bytes of a decoder, counted from its shapes: two operations for
 * each multiply-add of a matrix product and of attention. Norms, activations and softmax, which
 * grow with one axis less, are left out.
 */
public final class Cost {
  private final ModelFacts facts;

  public Cost(ModelFacts facts) {
    this.facts = facts;
  }

  /** Operations of the query projections of so many rows: 2 r d h e. */
  private double queries(long rows) {
    return 2.0 * rows * facts.dModel() * facts.dHead() * facts.heads();
  }

  /** Operations of the key and value projections of so many rows: 4 r d k e. */
  private double keysAndValues(long rows) {
    return 4.0 * rows * facts.dModel() * facts.dHead() * facts.kvHeads();
  }

  /** Operations of attention from so many rows to so many positions each: 4 r s h e. */
  private double mixing(long rows, long positions) {
    return 4.0 * rows * positions * facts.heads() * facts.dHead();
  }

  /**
   * Operations of the query, key and value projections and of the attention of rows that attend to
   * so many positions: 2 r d (h + 2 k) e + 4 r s h e for r rows, s positions, h heads, k key and
   * value heads, each e wide.
   */
  public double attention(long rows, long positions) {
    return queries(rows) + keysAndValues(rows) + mixing(rows, positions);
  }

  /** Operations of the output projection: 2 r h e d. */
  public double output(long rows) {
    return 2.0 * rows * facts.heads() * facts.dHead() * facts.dModel();
  }

  /**
   * Operations of a layer's MLP: 2 r d m for each of its two or, with a gate, three matrices; of a
   * mixture those of the experts that a row goes through, and of the router.
   */
  public double mlp(long rows, int layer) {
    if (facts.mixtures().layers().contains(layer)) {
      double widths = 3.0 * facts.mixtures().chosen() * facts.mixtures().width();
      return 2.0 * rows * facts.dModel() * (widths + facts.mixtures().experts());
    }
    int matrices = facts.whyAbsent(Site.MLP_GATE).isPresent() ? 2 : 3;
    return 2.0 * matrices * rows * facts.dModel() * facts.dMlp();
  }

  /** Operations of the unembedding: 2 r d t for the logits of t tokens. */
  public double unembed(long rows, long tokens) {
    return 2.0 * rows * facts.dModel() * tokens;
  }

  /** One whole forward pass over an input, every logit included. */
  public double naive(int length) {
    double mlps = 0;
    for (int l = 0; l < facts.layers(); l++) {
      mlps += mlp(length, l);
    }
    return facts.layers() * (attention(length, length) + output(length))
        + mlps
        + unembed(length, facts.vocabulary());
  }

  /** One whole forward pass for every cell of a plan. */
  public double naive(Plan plan) {
    return plan.cells().stream().mapToDouble(c -> naive(c.tokens().length)).sum();
  }

  /** What all works cost on their routes. */
  public double of(Works works) {
    return works.works().stream().mapToDouble(this::of).sum();
  }

  /** What a work costs on its route. */
  public double of(Work work) {
    Route route = work.route();
    if (route instanceof Route.Full full) {
      int finals = full.finals() == null ? full.end() : full.finals().length;
      Pass pass = Pass.alike(Entry.START, full.end(), full.end(), finals);
      return blocks(work, pass) + logits(work, full.finals());
    } else if (route instanceof Route.Join join) {
      return blocks(work, pass(join)) + logits(work, join.finals());
    } else if (route instanceof Route.Close close) {
      return logits(work, close.positions());
    }
    return 0;
  }

  /**
   * How many rows of a work there are where.
   *
   * @param entering rows that go through the entry's block
   * @param rows that go through the blocks behind it, but for the last
   * @param positions that they attend to
   * @param finals rows that ask, and go past attention, in the last block
   * @param complete the first block that all rows go through
   * @param computed rows whose keys and values that block computes
   * @param asking final rows among these
   */
  private record Pass(
      Entry entry,
      int entering,
      int rows,
      int positions,
      int finals,
      int complete,
      int computed,
      int asking) {
    static Pass alike(Entry entry, int rows, int positions, int finals) {
      return new Pass(entry, rows, rows, positions, finals, entry.layer(), rows, finals);
    }

    int rows(int layer) {
      return layer < complete ? entering : rows;
    }

    int computed(int layer) {
      return layer == complete ? computed : rows(layer);
    }
  }

  private Pass pass(Route.Join join) {
    int last = facts.layers() - 1;
    boolean late = join.entry().layer() == last && join.entry().stage() != Entry.Stage.BLOCK;
    int finals = join.finals() == null ? join.rows() : join.finals().length;
    if (late) {
      return Pass.alike(join.entry(), finals, join.end(), finals);
    }
    int computed = join.rows();
    int asking = finals;
    if (join.projected() != null) {
      computed = join.projected().length;
      asking =
          join.finals() == null
              ? computed
              : (int)
                  IntStream.of(join.finals())
                      .filter(p -> Arrays.binarySearch(join.projected(), p) >= 0)
                      .count();
    }
    return new Pass(
        join.entry(),
        join.delayed() - join.first(),
        join.rows(),
        join.end(),
        finals,
        join.complete(),
        computed,
        asking);
  }

  /** Blocks from an entry on; in the last one only the final rows ask and go past attention. */
  private double blocks(Work work, Pass pass) {
    double sum = 0;
    Entry entry = pass.entry;
    for (int l = entry.layer(); l < facts.layers(); l++) {
      Entry.Stage stage = l == entry.layer() ? entry.stage() : Entry.Stage.BLOCK;
      int behind = l == facts.layers() - 1 ? pass.finals : pass.rows(l);
      sum += stage.compareTo(Entry.Stage.BLOCK) <= 0 ? attention(work, pass, l) : 0;
      sum += stage.compareTo(Entry.Stage.Z) <= 0 ? output(behind) : 0;
      sum += stage.compareTo(Entry.Stage.MLP) <= 0 ? mlp(behind, l) : 0;
    }
    return sum;
  }

  private double attention(Work work, Pass pass, int layer) {
    int computed = pass.computed(layer);
    boolean few = layer == facts.layers() - 1 && !looksAtQueries(work, layer);
    int asking = !few ? computed : layer == pass.complete ? pass.asking : pass.finals;
    return queries(asking)
        + keysAndValues(computed)
        + mixing(few ? pass.finals : pass.rows(layer), pass.positions);
  }

  /** Whether every row has to ask, as something looks at queries or at what they see. */
  private static boolean looksAtQueries(Work work, int layer) {
    return work.edits().stream()
            .anyMatch(e -> e.slice().layer() == layer && isOfQueries(e.slice().site()))
        || Wanted.of(work).stream().anyMatch(i -> i.layer() == layer && isOfQueries(i.site()));
  }

  private static boolean isOfQueries(Site site) {
    return switch (site) {
      case Q, Q_ROT, SCORES, PATTERN -> true;
      default -> false;
    };
  }

  /**
   * The unembedding: every token for rows whose distribution is read, one for each logit.
   *
   * @param finals positions that come out of the last block; null means all, and then every logit
   *     of all of them is computed
   */
  private double logits(Work work, int[] finals) {
    boolean hooked = work.edits().stream().anyMatch(e -> e.slice().site() == Site.LOGITS);
    if (finals == null || hooked) {
      return unembed(finals == null ? work.tokens().length : finals.length, facts.vocabulary());
    }
    List<Wanted.Item> items = Wanted.of(work);
    long distributions =
        items.stream()
            .filter(i -> i.site() == Site.LOGITS && !(i.what() instanceof Read.Logit))
            .mapToInt(Wanted.Item::last)
            .distinct()
            .count();
    long single =
        items.stream()
            .filter(i -> i.what() instanceof Read.Logit || i.what() instanceof Read.Lens)
            .count();
    return unembed(distributions, facts.vocabulary()) + unembed(single, 1);
  }

  /** Bytes that one row of a pack needs while it flows through a block, scores and MLP included. */
  public long bytesPerRow(int longest, int elementBytes) {
    long residual = 6L * facts.dModel();
    long attention =
        2L * facts.dHead() * (facts.heads() + 2L * facts.kvHeads())
            + 2L * facts.heads() * longest
            + 2L * facts.dHead() * facts.kvHeads() * longest;
    long mlp = 3L * Math.max(facts.dMlp(), facts.mixtures().width());
    return elementBytes * (residual + Math.max(attention, mlp));
  }
}
