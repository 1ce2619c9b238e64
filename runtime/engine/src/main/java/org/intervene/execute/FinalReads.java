package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.intervene.engine.decoder.Decoder;
import org.intervene.engine.decoder.Hooks;
import org.intervene.engine.decoder.Rows;
import org.intervene.engine.script.Tensors;
import org.intervene.model.Site;
import org.intervene.plan.Read;

/**
 * Reads numbers off the end of a pass. Logits alone are inner products with single columns of the
 * unembedding; only what needs the whole distribution computes it, some rows at a time.
 */
final class FinalReads {
  private static final int CHUNK = 64;
  private final Decoder decoder;
  private final Hooks hooks;
  private final ReadValues results;
  private final Distributions distributions;
  private final Fetching fetching;
  private final List<Wanted> logits = new ArrayList<>();
  private final TreeMap<Integer, List<Wanted>> whole = new TreeMap<>();

  /** A number wanted at a row. */
  private record Wanted(int work, int read, Read what, int row, int token) {}

  FinalReads(
      Decoder decoder,
      Hooks hooks,
      ReadValues results,
      Distributions distributions,
      Fetching fetching) {
    this.decoder = decoder;
    this.hooks = hooks;
    this.results = results;
    this.distributions = distributions;
    this.fetching = fetching;
  }

  /**
   * Reads everything that the members want.
   *
   * @param normed final norm of the rows, [row, d_model]
   */
  void read(NDManager scope, NDArray normed, Rows rows, List<Member> members) {
    RowIndex index = new RowIndex(rows);
    boolean every = members.stream().anyMatch(m -> m.work().route().isWhole());
    boolean hooked = every || hooks.wants(Site.LOGITS, 0);
    int most = every ? Math.max(1, rows.count()) : CHUNK;
    for (int s = 0; s < index.segments(); s++) {
      for (int i = 0; i < members.get(s).work().reads().size(); i++) {
        sort(members.get(s), i, s, index, hooked);
      }
      for (int p : distributions.positions(members.get(s).work().id())) {
        at(new Wanted(members.get(s).work().id(), p, null, index.row(s, p), 0));
      }
    }
    pick(scope, normed);
    if (hooked) {
      IntStream.range(0, rows.count())
          .forEach(r -> whole.computeIfAbsent(r, k -> new ArrayList<>()));
    }
    List<Integer> needed = new ArrayList<>(whole.keySet());
    for (int start = 0; start < needed.size(); start += most) {
      List<Integer> chunk = needed.subList(start, Math.min(needed.size(), start + most));
      distribution(scope, normed, rows, chunk.stream().mapToInt(i -> i).toArray());
    }
  }

  private void at(Wanted wanted) {
    whole.computeIfAbsent(wanted.row, k -> new ArrayList<>()).add(wanted);
  }

  private void sort(Member member, int i, int segment, RowIndex index, boolean hooked) {
    Read read = member.work().reads().get(i);
    int work = member.work().id();
    if (read instanceof Read.Logit r) {
      Wanted wanted = new Wanted(work, i, r, index.row(segment, r.position()), r.token());
      if (hooked) {
        at(wanted);
      } else {
        logits.add(wanted);
      }
    } else if (read instanceof Read.LogProb r) {
      at(new Wanted(work, i, r, index.row(segment, r.position()), r.token()));
    } else if (read instanceof Read.Rank r) {
      at(new Wanted(work, i, r, index.row(segment, r.position()), r.token()));
    } else if (read instanceof Read.Top1 r) {
      at(new Wanted(work, i, r, index.row(segment, r.position()), 0));
    } else if (read instanceof Read.Entropy r) {
      at(new Wanted(work, i, r, index.row(segment, r.position()), 0));
    }
  }

  private void pick(NDManager scope, NDArray normed) {
    if (logits.isEmpty()) {
      return;
    }
    NDArray x = Decoder.rows(scope, normed, logits.stream().mapToInt(Wanted::row).toArray());
    NDArray picked = decoder.picked(scope, x, logits.stream().mapToInt(Wanted::token).toArray());
    fetching.later(picked, values -> set(logits, values));
  }

  private void set(List<Wanted> wanted, double[] values) {
    for (int i = 0; i < values.length; i++) {
      results.set(wanted.get(i).work, wanted.get(i).read, values[i]);
    }
  }

  private void distribution(NDManager scope, NDArray normed, Rows rows, int[] chunk) {
    try (NDManager inner = scope.newSubManager()) {
      NDArray x = Decoder.rows(inner, normed, chunk);
      NDArray all = decoder.logits(inner, x, rows.keep(chunk), hooks);
      tokens(inner, all, chunk);
      ranks(inner, all, chunk);
      byRow(inner, all, chunk, "top1", Read.Top1.class);
      byRow(inner, all, chunk, "entropies", Read.Entropy.class);
      keep(inner, all, chunk);
    }
  }

  private List<Wanted> in(int[] chunk, Set<Class<? extends Read>> kinds) {
    List<Wanted> found = new ArrayList<>();
    for (int row : chunk) {
      for (Wanted wanted : whole.get(row)) {
        if (wanted.what != null && kinds.contains(wanted.what.getClass())) {
          found.add(wanted);
        }
      }
    }
    return found;
  }

  private static int place(int[] chunk, int row) {
    return Arrays.binarySearch(chunk, row);
  }

  /** Logits and log-probabilities: single entries and the normaliser of their row. */
  private void tokens(NDManager scope, NDArray all, int[] chunk) {
    List<Wanted> wanted = in(chunk, Set.of(Read.Logit.class, Read.LogProb.class));
    if (wanted.isEmpty()) {
      return;
    }
    long vocabulary = all.getShape().get(1);
    long[] flat =
        wanted.stream().mapToLong(w -> place(chunk, w.row) * vocabulary + w.token).toArray();
    NDArray entries = EditScript.SCRIPT.call(scope, "elements", all, Tensors.indices(scope, flat));
    if (wanted.stream().allMatch(w -> w.what instanceof Read.Logit)) {
      fetching.later(entries, values -> set(wanted, values));
      return;
    }
    NDArray normalisers = EditScript.SCRIPT.call(scope, "normalisers", all);
    double[] byRow = new double[chunk.length];
    fetching.later(normalisers, n -> System.arraycopy(n, 0, byRow, 0, n.length));
    fetching.later(
        entries,
        values -> {
          for (int i = 0; i < values.length; i++) {
            Wanted w = wanted.get(i);
            double off = w.what instanceof Read.Logit ? 0 : byRow[place(chunk, w.row)];
            results.set(w.work, w.read, values[i] - off);
          }
        });
  }

  private void ranks(NDManager scope, NDArray all, int[] chunk) {
    List<Wanted> wanted = in(chunk, Set.of(Read.Rank.class));
    if (wanted.isEmpty()) {
      return;
    }
    int[] places = wanted.stream().mapToInt(w -> place(chunk, w.row)).toArray();
    long[] tokens = wanted.stream().mapToLong(Wanted::token).toArray();
    NDArray x = Decoder.rows(scope, all, places);
    NDArray ranks = EditScript.SCRIPT.call(scope, "ranks", x, Tensors.indices(scope, tokens));
    fetching.later(ranks, values -> set(wanted, values));
  }

  private void byRow(
      NDManager scope, NDArray all, int[] chunk, String method, Class<? extends Read> kind) {
    List<Wanted> wanted = in(chunk, Set.of(kind));
    if (wanted.isEmpty()) {
      return;
    }
    fetching.later(
        EditScript.SCRIPT.call(scope, method, all),
        values -> wanted.forEach(w -> results.set(w.work, w.read, values[place(chunk, w.row)])));
  }

  /** Whole distributions that divergences compare later. */
  private void keep(NDManager scope, NDArray all, int[] chunk) {
    List<Wanted> wanted = new ArrayList<>();
    IntList places = new IntList();
    for (int i = 0; i < chunk.length; i++) {
      for (Wanted w : whole.get(chunk[i])) {
        if (w.what == null) {
          wanted.add(w);
          places.add(i);
        }
      }
    }
    if (wanted.isEmpty()) {
      return;
    }
    int width = Math.toIntExact(all.getShape().get(1));
    int most = Math.max(1, Fetching.MOST / width);
    for (int start = 0; start < wanted.size(); start += most) {
      int end = Math.min(wanted.size(), start + most);
      int[] rows = Arrays.copyOfRange(places.toArray(), start, end);
      List<Wanted> some = wanted.subList(start, end);
      fetching.later(Decoder.rows(scope, all, rows), values -> put(some, width, values));
    }
  }

  private void put(List<Wanted> wanted, int width, double[] values) {
    for (int i = 0; i < wanted.size(); i++) {
      double[] row = Arrays.copyOfRange(values, i * width, (i + 1) * width);
      distributions.put(wanted.get(i).work, wanted.get(i).read, row);
    }
  }
}
