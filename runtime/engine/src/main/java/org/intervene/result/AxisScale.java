package org.intervene.result;

import java.util.ArrayList;
import java.util.List;

/** A stretch of numbers drawn along a stretch of pixels, with round numbers to mark on it. */
record AxisScale(double low, double high, double from, double to) {
  /** Covers the numbers with a little room. */
  static AxisScale around(double low, double high, double from, double to) {
    double room = high > low ? (high - low) * 0.05 : Math.max(1, Math.abs(high)) * 0.5;
    return new AxisScale(low - room, high + room, from, to);
  }

  double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  /** About five round numbers in the stretch: multiples of 1, 2 or 5 times a power of ten. */
  List<Double> ticks() {
    double rough = (high - low) / 5;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double lead = rough / power;
    double step = power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
    List<Double> ticks = new ArrayList<>();
    for (double i = Math.ceil(low / step); i * step <= high; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }
}
