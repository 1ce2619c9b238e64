package org.intervene.primer;

import java.util.Arrays;
import java.util.Random;

/**
 * Weights before training: normal ones for matrices, smaller where a block adds to the residual
 * stream, and waves for positions. Queries and keys of head 0.0 read the waves such that it attends
 * to the previous token: the first half of an induction head, which a model of this size would need
 * far more data to find than the rest.
 */
record FirstWeights(Gpt2Config config, Random random) {
  private static final double DEVIATION = 0.06;
  private static final double TOKEN_DEVIATION = 0.1;
  private static final double WAVE = 0.2;
  private static final double LONGEST_WAVE = 200;
  private static final double PREVIOUS_TOKEN_GAIN = 1.4;

  float[] of(String name, long[] shape) {
    float[] elements = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    if (name.endsWith("wpe.weight")) {
      positions(elements);
    } else if (name.contains("ln_")) {
      Arrays.fill(elements, name.endsWith("weight") ? 1 : 0);
    } else if (name.endsWith("weight")) {
      draw(elements, deviation(name));
    }
    if (name.endsWith("h.0.attn.c_attn.weight")) {
      attendToPrevious(elements);
    }
    return elements;
  }

  private double deviation(String name) {
    if (name.endsWith("wte.weight")) {
      return TOKEN_DEVIATION;
    }
    return name.endsWith("c_proj.weight")
        ? DEVIATION / Math.sqrt(2.0 * config.layers())
        : DEVIATION;
  }

  private void draw(float[] elements, double deviation) {
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (float) (deviation * random.nextGaussian());
    }
  }

  /** Sines in even columns, cosines in odd ones: [pos, d_model]. */
  private void positions(float[] elements) {
    for (int i = 0; i < elements.length; i++) {
      int column = i % config.width();
      double angle = (double) (i / config.width()) * frequency(column / 2);
      elements[i] = (float) (WAVE * (column % 2 == 0 ? Math.sin(angle) : Math.cos(angle)));
    }
  }

  /** As many evenly spaced frequencies as one head can read, then ever longer waves. */
  private double frequency(int wave) {
    int even = config.width() / config.heads() / 2;
    if (wave < even) {
      return Math.PI * (wave + 1) / (even + 0.5);
    }
    return Math.pow(LONGEST_WAVE, -(double) (wave - even) / (config.width() / 2 - even));
  }

  /** Turns the query's waves back by one position: [d_model, query | key | value]. */
  private void attendToPrevious(float[] weights) {
    int d = config.width();
    int columns = 3 * d;
    for (int row = 0; row < d; row++) {
      Arrays.fill(weights, row * columns, row * columns + d / config.heads(), 0);
      Arrays.fill(weights, row * columns + d, row * columns + d + d / config.heads(), 0);
    }
    for (int sine = 0; sine < d / config.heads(); sine += 2) {
      int cosine = sine + 1;
      float along = (float) (PREVIOUS_TOKEN_GAIN * Math.cos(frequency(sine / 2)));
      float across = (float) (PREVIOUS_TOKEN_GAIN * Math.sin(frequency(sine / 2)));
      weights[sine * columns + sine] = along;
      weights[cosine * columns + sine] = -across;
      weights[cosine * columns + cosine] = along;
      weights[sine * columns + cosine] = across;
      weights[sine * columns + d + sine] = (float) PREVIOUS_TOKEN_GAIN;
      weights[cosine * columns + d + cosine] = (float) PREVIOUS_TOKEN_GAIN;
    }
  }
}
