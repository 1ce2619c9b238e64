package org.intervene.optimise;

/**
 * What a rule did to a plan.
 *
 * @param fired how often it did something
 * @param operations floating-point operations that the plan needs after it
 */
public record Applied(String rule, Exactness exactness, int fired, double operations) {}
