package org.intervene.model.part;

import java.util.stream.IntStream;

/** The scalings of rotary embeddings, as the {@code rope_type} of a config names them. */
public final class RotaryScaling {
  private RotaryScaling() {}

  /**
   * {@code default}: base^(-2i / dims).
   *
   * @param dims elements that turn; half as many pairs
   */
  public record Plain(int dims, double base) implements RotaryFrequencies {
    @Override
    public double[] inverse(int length) {
      return IntStream.range(0, dims / 2)
          .mapToDouble(i -> Math.pow(base, -2.0 * i / dims))
          .toArray();
    }
  }

  /** {@code linear}: all frequencies divided by a factor. */
  public record Linear(Plain plain, double factor) implements RotaryFrequencies {
    @Override
    public double[] inverse(int length) {
      double[] inverse = plain.inverse(length);
      for (int i = 0; i < inverse.length; i++) {
        inverse[i] /= factor;
      }
      return inverse;
    }
  }

  /**
   * {@code dynamic}: the base grows once the input is longer than the model was trained for.
   *
   * @param trained length up to which nothing changes
   */
  public record Dynamic(Plain plain, double factor, int trained) implements RotaryFrequencies {
    @Override
    public double[] inverse(int length) {
      int dims = plain.dims();
      double stretch = factor * Math.max(length, trained) / trained - (factor - 1);
      double base = plain.base() * Math.pow(stretch, dims / (dims - 2.0));
      return new Plain(dims, base).inverse(length);
    }

    @Override
    public boolean dependsOnLength() {
      return true;
    }
  }

  /**
   * {@code llama3}: slow pairs divided by a factor, fast ones left, those between blended.
   *
   * @param low pairs with a wavelength above trained / low are slow
   * @param high pairs with a wavelength below trained / high are fast
   */
  public record Llama3(Plain plain, double factor, double low, double high, double trained)
      implements RotaryFrequencies {
    @Override
    public double[] inverse(int length) {
      double[] inverse = plain.inverse(length);
      for (int i = 0; i < inverse.length; i++) {
        double wavelength = 2 * Math.PI / inverse[i];
        if (wavelength > trained / low) {
          inverse[i] /= factor;
        } else if (wavelength >= trained / high) {
          double share = (trained / wavelength - low) / (high - low);
          inverse[i] = (1 - share) * inverse[i] / factor + share * inverse[i];
        }
      }
      return inverse;
    }
  }

  /**
   * {@code yarn} (Peng et al. 2023): pairs that turn less than {@code slow} times over the trained
   * length are divided by a factor, those that turn more than {@code fast} times left, with a ramp
   * between.
   *
   * @param truncate whether the ends of the ramp are rounded to whole pairs
   * @param attention factor on cosine and sine
   */
  public record Yarn(
      Plain plain,
      double factor,
      double fast,
      double slow,
      double trained,
      boolean truncate,
      double attention)
      implements RotaryFrequencies {
    @Override
    public double[] inverse(int length) {
      double[] inverse = plain.inverse(length);
      double low = pairTurning(fast);
      double high = pairTurning(slow);
      low = Math.max(truncate ? Math.floor(low) : low, 0);
      high = Math.min(truncate ? Math.ceil(high) : high, plain.dims() - 1.0);
      double span = low == high ? 0.001 : high - low;
      for (int i = 0; i < inverse.length; i++) {
        double divided = Math.min(Math.max((i - low) / span, 0), 1);
        inverse[i] = inverse[i] / factor * divided + inverse[i] * (1 - divided);
      }
      return inverse;
    }

    /** The pair, as a fraction, that turns this many times over the trained length. */
    private double pairTurning(double times) {
      return plain.dims()
          * Math.log(trained / (times * 2 * Math.PI))
          / (2 * Math.log(plain.base()));
    }

    @Override
    public double attentionFactor(int length) {
      return attention;
    }
  }

  /**
   * {@code longrope}: each pair has its own divisor, of two sets: one for inputs up to the trained
   * length, one for longer ones.
   *
   * @param attention factor on cosine and sine
   */
  public record Long(
      Plain plain, double[] shortDivisors, double[] longDivisors, int trained, double attention)
      implements RotaryFrequencies {
    @Override
    public double[] inverse(int length) {
      double[] divisors = length > trained ? longDivisors : shortDivisors;
      double[] inverse = plain.inverse(length);
      for (int i = 0; i < inverse.length; i++) {
        inverse[i] /= divisors[i];
      }
      return inverse;
    }

    @Override
    public double attentionFactor(int length) {
      return attention;
    }

    @Override
    public boolean dependsOnLength() {
      return true;
    }
  }
}
