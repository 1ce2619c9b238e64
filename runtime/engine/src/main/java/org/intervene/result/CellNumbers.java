package org.intervene.result;

import java.util.Arrays;
import java.util.Locale;
import org.intervene.metric.LabelledArray;
import org.intervene.metric.Shown;

/**
 * Numbers inside the cells of a picture: as many decimals for all as tell the largest to about two
 * or three digits, so that they can be compared at a glance.
 */
public final class CellNumbers {
  private final int decimals;

  private CellNumbers(int decimals) {
    this.decimals = decimals;
  }

  /** Numbers of an array. */
  public static CellNumbers of(LabelledArray x) {
    double largest =
        Arrays.stream(x.presentValues()).filter(Double::isFinite).map(Math::abs).max().orElse(0);
    if (largest != 0 && (largest < 1e-3 || largest >= 1e6)) {
      return new CellNumbers(-1);
    }
    int magnitude = largest == 0 ? 0 : (int) Math.floor(Math.log10(largest));
    boolean whole = Arrays.stream(x.presentValues()).allMatch(v -> v == Math.rint(v));
    return new CellNumbers(whole ? 0 : Math.max(0, magnitude < 0 ? 1 - magnitude : 2 - magnitude));
  }

  /** A number with the decimals of all; too large and too small ones in scientific notation. */
  public String text(double x) {
    if (decimals < 0 || !Double.isFinite(x)) {
      return Shown.brief(x);
    }
    String text = String.format(Locale.ROOT, "%." + decimals + "f", x);
    return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
  }
}
