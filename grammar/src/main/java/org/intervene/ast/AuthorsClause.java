package org.intervene.ast;

import java.util.List;
import org.intervene.diagnostic.Span;

/**
 * Who made an experiment.
 *
 * @param names at least one, each {@code Given Family} or {@code Family, Given}
 */
public record AuthorsClause(Span span, List<Word> names) {
  public AuthorsClause {
    names = List.copyOf(names);
  }
}
