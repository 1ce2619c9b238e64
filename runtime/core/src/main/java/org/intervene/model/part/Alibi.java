package org.intervene.model.part;

/**
 * Attention with linear biases (Press et al. 2022): slope times key position is added to a score.
 *
 * @param slopes [head]
 * @param bfloat16 whether slopes and products are rounded to bfloat16 as Falcon does
 */
public record Alibi(double[] slopes, boolean bfloat16) {}
