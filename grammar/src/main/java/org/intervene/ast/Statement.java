package org.intervene.ast;

import org.intervene.diagnostic.Span;

/** A line in the body of a run. */
public sealed interface Statement permits Edit, Statement.Collect {
  Span span();

  /**
   * {@code collect resid_post[all] @ last as stream}: saves the value that the site finally had.
   */
  record Collect(Span span, SiteRef site, Word name) implements Statement {}
}
