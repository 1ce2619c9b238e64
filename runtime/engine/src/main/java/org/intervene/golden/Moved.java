package org.intervene.golden;

import java.util.Comparator;
import java.util.Locale;

/**
 * A value that is no longer what it was.
 *
 * @param place such as {@code patched.restored at layer=3, pos=2}
 * @param golden as it was
 * @param seen as it is
 * @param difference between them; infinite where they cannot be compared
 * @param units the difference divided by what is allowed; more than 1
 */
public record Moved(String place, String golden, String seen, double difference, double units) {

  /** Worst first. */
  public static final Comparator<Moved> WORST_FIRST =
      Comparator.comparingDouble(Moved::units)
          .thenComparingDouble(Moved::difference)
          .reversed()
          .thenComparing(Moved::place);

  /** Such as {@code 0.25 -> 0.75 (moved by 0.5, 5000 x the tolerance)}. */
  public String text() {
    return "%s: %s -> %s (%s)".formatted(place, golden, seen, distance());
  }

  /** By how much, and how much of the tolerance that is. */
  public String distance() {
    if (Double.isInfinite(difference)) {
      return "cannot be compared";
    } else if (Double.isInfinite(units)) {
      return String.format(Locale.ROOT, "moved by %.3g, no move is allowed", difference);
    }
    return String.format(
        Locale.ROOT, "moved by %.3g, %s x the tolerance", difference, brief(units));
  }

  private static String brief(double units) {
    return String.format(Locale.ROOT, units < 1e6 ? "%,.1f" : "%.2g", units);
  }
}
