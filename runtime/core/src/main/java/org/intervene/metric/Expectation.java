package org.intervene.metric;

import org.intervene.diagnostic.Span;

/**
 * What an author expected, and what came out.
 *
 * @param text the condition as a spec would write it
 * @param seen the value that was compared, such as {@code 0.987 at layer 0, pos 2}
 */
public record Expectation(Span span, String text, boolean passed, String seen) {}
