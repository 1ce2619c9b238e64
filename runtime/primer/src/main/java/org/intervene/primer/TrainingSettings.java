package org.intervene.primer;

import java.time.Duration;

/**
 * What a training run depends on, besides the word lists.
 *
 * @param seed of the corpus, the weights and the batches
 * @param steps optimiser steps
 * @param shortSteps the first of them, in which rows have half the length
 * @param warmUp steps in which the learning rate rises
 * @param rows rows of a batch
 * @param repeats rows of a batch that are repeated random tokens
 * @param rate highest learning rate; it falls to a hundredth along a cosine
 * @param decay weight decay of matrices
 * @param clip largest norm of the gradient
 * @param checkpoint time between two checkpoints
 */
record TrainingSettings(
    long seed,
    int steps,
    int shortSteps,
    int warmUp,
    int rows,
    int repeats,
    double rate,
    double decay,
    double clip,
    Duration checkpoint) {

  /** What the committed model was trained with. */
  static TrainingSettings primer() {
    return new TrainingSettings(
        17, 5000, 2500, 100, 24, 12, 2e-3, 0.05, 1.0, Duration.ofMinutes(2));
  }

  /** Learning rate of a step, counted from 1. */
  double rate(int step) {
    if (step <= warmUp) {
      return rate * step / warmUp;
    }
    double done = (double) (step - warmUp) / (steps - warmUp);
    return rate * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * done)));
  }
}
