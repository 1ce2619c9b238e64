package org.intervene.ast;

import org.intervene.diagnostic.Span;

/** {@code expect max(patched.restored) > 0.9}. */
public record ExpectClause(Span span, Expr condition) {}
