package org.intervene.optimise;

import java.util.List;
import java.util.stream.Stream;
import org.intervene.model.ModelFacts;
import org.intervene.plan.Read;

/** Memory that whole next-token distributions take, each as long as the vocabulary. */
final class Logits {
  /** Rows whose distributions are computed at a time where not all logits are computed anyway. */
  private static final long ROWS_AT_ONCE = 64;

  /** Logits of a row, and as much again for what is computed from them. */
  private static final long COPIES = 2;

  private Logits() {}

  /** Bytes while a pack's distributions are computed. */
  static long computing(Pack pack, List<Work> members, ModelFacts facts, int elementBytes) {
    boolean every = members.stream().anyMatch(w -> w.route().isWhole());
    boolean some = members.stream().anyMatch(Logits::isRead);
    long rows = every ? pack.rows() : some ? Math.min(pack.rows(), ROWS_AT_ONCE) : 0;
    return COPIES * rows * facts.vocabulary() * elementBytes;
  }

  private static boolean isRead(Work work) {
    return !work.compared().isEmpty()
        || work.reads().stream()
            .anyMatch(
                r ->
                    r instanceof Read.LogProb
                        || r instanceof Read.Rank
                        || r instanceof Read.Top1
                        || r instanceof Read.Entropy
                        || r instanceof Read.Kl
                        || r instanceof Read.Js);
  }

  /** Bytes in Java's memory of the distributions of a work that wait to be compared. */
  static long comparing(Work work, ModelFacts facts) {
    Stream<Integer> own = work.reads().stream().filter(Logits::compares).map(Logits::position);
    long rows = Stream.concat(own, work.compared().stream()).distinct().count();
    return rows * facts.vocabulary() * Double.BYTES;
  }

  private static boolean compares(Read read) {
    return read instanceof Read.Kl || read instanceof Read.Js;
  }

  private static int position(Read read) {
    return read instanceof Read.Kl kl ? kl.position() : ((Read.Js) read).position();
  }
}
