package org.intervene.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Reductions and intervals against numpy (tests/reference/make_metrics.py). */
class ReferenceTest {
  private static final ArrayAxis LAYER = ArrayAxis.counted("layer", "", 3);
  private static final ArrayAxis POS = ArrayAxis.counted("pos", "", 4);

  private static List<String[]> rows(String file) throws IOException {
    try (InputStream in = ReferenceTest.class.getResourceAsStream(file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().skip(1).map(line -> line.split(",", -1)).toList();
    }
  }

  private static LabelledArray array() throws IOException {
    List<ArrayAxis> axes = List.of(LAYER, POS, ArrayAxis.examples("d", 6));
    double[] data = new double[72];
    boolean[] present = new boolean[72];
    int place = 0;
    for (String[] row : rows("array.csv")) {
      present[place] = !row[3].isEmpty();
      data[place] = present[place] ? Double.parseDouble(row[3]) : Double.NaN;
      place++;
    }
    return LabelledArray.of(axes, data, present);
  }

  @Test
  void agreesWithNumpy() throws IOException {
    LabelledArray x = array();
    for (String[] row : rows("expected.csv")) {
      boolean all = row[1].isEmpty();
      Set<String> over = all ? Set.of("layer", "pos", "example") : Set.of("example");
      int place = all ? 0 : Integer.parseInt(row[1]) * 4 + Integer.parseInt(row[2]);
      String what = String.join(" ", row);
      assertEquals(Double.parseDouble(row[3]), value(row[0], x, over, place), 1e-12, what);
    }
  }

  private static double value(String function, LabelledArray x, Set<String> over, int place) {
    return switch (function) {
      case "mean" -> Reducing.mean(x, over).at(place);
      case "median" -> Reducing.over(x, over, xs -> Statistics.quantile(xs, 0.5)).at(place);
      case "sum" -> Reducing.over(x, over, Statistics::sum).at(place);
      case "min" -> Reducing.over(x, over, Statistics::min).at(place);
      case "max" -> Reducing.over(x, over, Statistics::max).at(place);
      case "sem" -> Reducing.over(x, over, Statistics::sem).at(place);
      case "quantile" -> Reducing.over(x, over, xs -> Statistics.quantile(xs, 0.9)).at(place);
      case "count" -> Reducing.count(x, over).at(place);
      case "low" -> Bootstrap.interval(x, over, 0.95).at(2 * place);
      case "high" -> Bootstrap.interval(x, over, 0.95).at(2 * place + 1);
      default -> throw new IllegalArgumentException(function);
    };
  }
}
