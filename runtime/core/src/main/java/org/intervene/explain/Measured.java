package org.intervene.explain;

/**
 * What a step really took.
 *
 * @param seconds wall time
 * @param memory bytes that the process held when the step ended, weights and the Java machine
 *     included; 0 where the system does not tell
 */
public record Measured(double seconds, long memory) {}
