package org.intervene.ast;

import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Span;

/**
 * A site and the slice of it that is meant, as written: {@code z[5].head[3] @ last}, {@code
 * pattern[l].head[h] @ dst <- src}, {@code blocks.11.hook_resid_pre @ 4}.
 *
 * @param name dotted name as written, {@code blocks.11.hook_resid_pre} or {@code z}; its span
 *     covers the name and its axes
 * @param axes brackets after the name: the first unnamed one is the layer, others are {@code
 *     .head[...]}, {@code .unit[...]}, {@code .expert[...]}
 * @param at positions; absent means all
 * @param from source positions, for {@code pattern} and {@code scores}
 */
public record SiteRef(
    Span span, Word name, List<AxisRef> axes, Optional<Selection> at, Optional<Selection> from) {
  public SiteRef {
    axes = List.copyOf(axes);
  }

  /**
   * One bracket.
   *
   * @param name absent for the layer bracket
   */
  public record AxisRef(Span span, Optional<Word> name, Selection selection) {}
}
