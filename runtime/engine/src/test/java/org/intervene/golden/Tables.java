package org.intervene.golden;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.intervene.ast.GoldenClause;
import org.intervene.ast.GoldenClause.Tolerance;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Span;
import org.intervene.metric.ArrayAxis;
import org.intervene.metric.LabelledArray;
import org.intervene.metric.MetricTables.Table;

/** Golden results written by hand. */
final class Tables {
  static final Made MADE = new Made("0.1.0", "PyTorch 2.7.1", "a processor", 2, "float32", "cpu");

  private Tables() {}

  static Golden golden(Table... tables) {
    return new Golden("sha256:00", MADE, false, List.of(tables));
  }

  /** A metric of the run {@code swept} along layers. */
  static Table swept(String metric, double... values) {
    boolean[] present = new boolean[values.length];
    java.util.Arrays.fill(present, true);
    return new Table("swept", metric, LabelledArray.of(layers(values.length), values, present));
  }

  /** A metric of the run {@code swept} along layers, the last of which does not exist. */
  static Table gap(String metric, double... values) {
    boolean[] present = new boolean[values.length];
    java.util.Arrays.fill(present, 0, values.length - 1, true);
    return new Table("swept", metric, LabelledArray.of(layers(values.length), values, present));
  }

  static Table scalar(String run, String metric, double value) {
    return new Table(run, metric, LabelledArray.scalar(value));
  }

  private static List<ArrayAxis> layers(int count) {
    List<String> labels =
        java.util.stream.IntStream.range(0, count).mapToObj(Integer::toString).toList();
    return List.of(new ArrayAxis("layer", "", labels, Collections.nCopies(count, Double.NaN)));
  }

  static Tolerances within(Tolerance... tolerances) {
    return new Tolerances(new GoldenClause(Span.NONE, Optional.empty(), List.of(tolerances)));
  }

  static Tolerance all(double within) {
    return new Tolerance(Span.NONE, Optional.empty(), within, false);
  }

  static Tolerance relative(double within) {
    return new Tolerance(Span.NONE, Optional.empty(), within, true);
  }

  static Tolerance of(String metric, double within) {
    return new Tolerance(Span.NONE, Optional.of(new Word(Span.NONE, metric)), within, false);
  }
}
