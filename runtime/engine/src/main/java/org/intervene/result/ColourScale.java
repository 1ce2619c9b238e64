package org.intervene.result;

import java.util.Arrays;
import org.intervene.metric.LabelledArray;

/**
 * Colours for numbers: dark violet to yellow (viridis by van der Walt and Smith) where all have one
 * sign, blue through white to red, zero in the middle, where they have both. Either can be told
 * apart with any kind of colour vision.
 */
public final class ColourScale {
  private static final int[] SEQUENTIAL = {
    0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b,
    0xfde725
  };
  private static final int[] DIVERGING = {
    0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d,
    0xb2182b, 0x67001f
  };

  private final double low;
  private final double high;
  private final int[] anchors;

  private ColourScale(double low, double high, int[] anchors) {
    this.low = low;
    this.high = high;
    this.anchors = anchors;
  }

  /** A scale that covers the finite numbers of an array. */
  public static ColourScale of(LabelledArray x) {
    double[] finite = Arrays.stream(x.presentValues()).filter(Double::isFinite).toArray();
    double low = Arrays.stream(finite).min().orElse(0);
    double high = Arrays.stream(finite).max().orElse(1);
    if (low < 0 && high > 0) {
      double far = Math.max(-low, high);
      return new ColourScale(-far, far, DIVERGING);
    }
    return new ColourScale(low, high > low ? high : low + 1, SEQUENTIAL);
  }

  /** A scale of one hue order between two numbers. */
  static ColourScale sequential(double low, double high) {
    return new ColourScale(low, high, SEQUENTIAL);
  }

  public double low() {
    return low;
  }

  public double high() {
    return high;
  }

  public boolean isDiverging() {
    return anchors == DIVERGING;
  }

  /** Where a number lies on the scale, from 0 to 1. */
  public double share(double x) {
    return Math.min(1, Math.max(0, (x - low) / (high - low)));
  }

  /** Red, green and blue, eight bits each. */
  public int rgb(double x) {
    double at = share(x) * (anchors.length - 1);
    int below = Math.min((int) at, anchors.length - 2);
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int a = anchors[below] >> shift & 0xff;
      int b = anchors[below + 1] >> shift & 0xff;
      rgb |= (int) Math.round(a + (at - below) * (b - a)) << shift;
    }
    return rgb;
  }

  /** Whether white text reads better than black on a colour (relative luminance of WCAG 2). */
  public static boolean isDark(int rgb) {
    double luminance =
        0.2126 * linear(rgb >> 16 & 0xff)
            + 0.7152 * linear(rgb >> 8 & 0xff)
            + 0.0722 * linear(rgb & 0xff);
    return luminance < 0.179;
  }

  private static double linear(int channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }
}
