package org.intervene.ast;

import org.intervene.diagnostic.Span;

/** {@code data NAME ...}: named rows of columns. */
public record DataClause(Span span, Word name, DataSource source) {}
