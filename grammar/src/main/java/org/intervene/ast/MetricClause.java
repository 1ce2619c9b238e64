package org.intervene.ast;

import org.intervene.diagnostic.Span;

/** {@code metric ld = logit(answer) - logit(foil)}. */
public record MetricClause(Span span, Word name, Expr value) {}
