package org.intervene.plan;

import java.util.Optional;
import java.util.function.BiFunction;
import org.intervene.diagnostic.Span;

/**
 * One input of a run.
 *
 * @param tokens [pos]
 * @param spans looks up a named span's ascending positions, reporting at the given place if there
 *     is none
 */
record Prompt(
    String data,
    String column,
    int example,
    int[] tokens,
    BiFunction<String, Span, Optional<int[]>> spans) {}
