package org.intervene.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.intervene.metric.ArrayAxis;
import org.intervene.metric.LabelledArray;
import org.junit.jupiter.api.Test;

class CellNumbersTest {
  private static List<String> written(double... values) {
    LabelledArray x =
        LabelledArray.of(List.of(ArrayAxis.examples("d", values.length)), values.clone());
    CellNumbers numbers = CellNumbers.of(x);
    return Arrays.stream(values).mapToObj(numbers::text).toList();
  }

  @Test
  void allHaveTheSameDecimals() {
    assertEquals(List.of("0.98", "0.00", "-0.50"), written(0.9812, 2e-9, -0.5));
    assertEquals(List.of("12.3", "0.0", "0.4"), written(12.345, -0.01, 0.4));
    assertEquals(List.of("0.012", "0.003"), written(0.0123, 0.003));
    assertEquals(List.of("1235", "-4"), written(1234.6, -4.2));
    assertEquals(List.of("3", "0", "12"), written(3, 0, 12));
    assertEquals(List.of("2.1E-7", "0"), written(2.1e-7, 0));
    assertEquals(List.of("NaN", "1.50"), written(Double.NaN, 1.5));
  }
}
