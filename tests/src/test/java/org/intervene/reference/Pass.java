package org.intervene.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.intervene.engine.decoder.Decoder;
import org.intervene.engine.decoder.Group;
import org.intervene.engine.decoder.Hooks;
import org.intervene.engine.decoder.Prefix;
import org.intervene.engine.decoder.Rows;
import org.intervene.engine.decoder.Segment;
import org.intervene.engine.script.Tensors;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.model.Site;

/** A forward pass that can look at every site and replace its value. */
final class Pass implements Hooks {
  private final Decoder decoder;
  private final Predicate<Site> looked;
  private final Map<String, BiFunction<NDArray, Rows, NDArray>> edits = new HashMap<>();
  private final Map<String, double[]> seen = new HashMap<>();
  private final Map<String, NDArray> tensors = new HashMap<>();
  private NDManager keeper;

  Pass(Decoder decoder, Predicate<Site> looked) {
    this.decoder = decoder;
    this.looked = looked;
  }

  /** Replaces a site's value in a layer. */
  Pass edit(Site site, int layer, BiFunction<NDArray, Rows, NDArray> change) {
    edits.merge(name(site, layer), change, (a, b) -> (x, rows) -> b.apply(a.apply(x, rows), rows));
    return this;
  }

  /** Keeps tensors themselves, in a manager, beside their numbers. */
  Pass keeping(NDManager manager) {
    keeper = manager;
    return this;
  }

  /** Logits of whole inputs, in one pack, [row, vocab]. */
  double[] logits(List<int[]> inputs) {
    List<Segment> segments = inputs.stream().map(i -> Segment.whole(i.length)).toList();
    return logits(Rows.of(segments, inputs), Prefix.NONE, null);
  }

  /**
   * Logits of rows.
   *
   * @param keep rows that go past attention in the last block; null means all
   */
  double[] logits(Rows rows, Prefix prefix, int[] keep) {
    try (NDManager scope = TorchRuntime.start().newManager()) {
      NDArray x = decoder.embed(scope, rows, this);
      Rows left = rows;
      for (int l = 0; l < decoder.layers(); l++) {
        int[] kept = l == decoder.layers() - 1 ? keep : null;
        x = decoder.block(l).whole(scope, x, rows, prefix, this, kept);
        left = kept == null ? rows : rows.keep(kept);
        x = wants(Site.RESID_POST, l) ? rows(Site.RESID_POST, l, x, left) : x;
      }
      NDArray normed = decoder.finalNorm(scope, x, left, this);
      return Tensors.toDoubles(decoder.logits(scope, normed, left, this));
    }
  }

  /** What a site finally was, row-major; of several groups the last. */
  double[] value(Site site, int layer) {
    return seen.get(name(site, layer));
  }

  boolean saw(Site site, int layer) {
    return seen.containsKey(name(site, layer));
  }

  NDArray tensor(Site site, int layer) {
    return tensors.get(name(site, layer));
  }

  private static String name(Site site, int layer) {
    return site + "." + layer;
  }

  @Override
  public boolean wants(Site site, int layer) {
    return looked.test(site) || edits.containsKey(name(site, layer));
  }

  @Override
  public NDArray rows(Site site, int layer, NDArray value, Rows rows) {
    return see(site, layer, value, rows);
  }

  @Override
  public NDArray edges(Site site, int layer, NDArray value, Group group, Rows rows) {
    return see(site, layer, value, rows);
  }

  private NDArray see(Site site, int layer, NDArray value, Rows rows) {
    BiFunction<NDArray, Rows, NDArray> edit = edits.get(name(site, layer));
    NDArray left = edit == null ? value : edit.apply(value, rows);
    if (looked.test(site)) {
      seen.put(name(site, layer), Tensors.toDoubles(left));
      if (keeper != null) {
        NDArray copy = left.duplicate();
        copy.attach(keeper);
        tensors.put(name(site, layer), copy);
      }
    }
    return left;
  }
}
