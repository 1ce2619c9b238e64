package org.intervene.ast;

import org.intervene.diagnostic.Span;

/**
 * {@code layer in all}, {@code coeff in [-4, -2, 0, 2]}, {@code l in 0..5}: one axis of a sweep.
 * What {@code all} means follows from where the variable is used.
 */
public record Sweep(Span span, Word variable, Selection values) {}
