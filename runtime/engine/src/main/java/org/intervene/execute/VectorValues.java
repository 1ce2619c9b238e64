package org.intervene.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.intervene.plan.PlannedVector;
import org.intervene.plan.PlannedVector.Definition;
import org.intervene.plan.PlannedVector.Source;

/** Computes planned vectors in float64. */
final class VectorValues {
  private final Operands operands;
  private final IntFunction<double[]> unembedding;

  /**
   * @param operands gives activations and earlier vectors
   * @param unembedding column of the unembedding matrix for a token, [d_model]
   */
  VectorValues(Operands operands, IntFunction<double[]> unembedding) {
    this.operands = operands;
    this.unembedding = unembedding;
  }

  double[] compute(PlannedVector vector) {
    Definition definition = vector.definition();
    if (definition instanceof Definition.Literal d) {
      return d.elements().clone();
    } else if (definition instanceof Definition.MeanOf d) {
      return mean(d.sources(), vector.width());
    } else if (definition instanceof Definition.Unembedding d) {
      return unembedding.apply(d.token());
    } else if (definition instanceof Definition.Unit d) {
      double[] v = operands.vector(d.vector());
      return scaled(v, 1 / norm(v));
    } else if (definition instanceof Definition.RandomLike d) {
      return randomLike(operands.vector(d.vector()), d.seed());
    } else if (definition instanceof Definition.Sum d) {
      double[] sum = new double[vector.width()];
      for (PlannedVector.Term term : d.terms()) {
        double[] v = operands.vector(term.vector());
        for (int i = 0; i < sum.length; i++) {
          sum[i] += term.coefficient() * v[i];
        }
      }
      return sum;
    } else if (definition instanceof Definition.Principal d) {
      return PrincipalComponents.component(rows(d.sources()), d.component());
    }
    throw new IllegalStateException("unhandled definition " + definition.getClass());
  }

  private double[][] rows(List<Source> sources) {
    List<double[]> rows = new ArrayList<>();
    rows(sources, rows::add);
    return rows.toArray(double[][]::new);
  }

  /** One row for each selected position of each source. */
  private void rows(List<Source> sources, Consumer<double[]> to) {
    for (Source source : sources) {
      HostValue value =
          operands.value(source.cell(), source.slice().site(), source.slice().layer());
      int[] elements = value.elements(source.slice());
      int positions =
          source.slice().positions() == null
              ? value.positions()
              : source.slice().positions().length;
      int width = elements.length / positions;
      for (int p = 0; p < positions; p++) {
        double[] row = new double[width];
        for (int i = 0; i < width; i++) {
          row[i] = value.data()[elements[p * width + i]];
        }
        to.accept(row);
      }
    }
  }

  private double[] mean(List<Source> sources, int width) {
    double[] mean = new double[width];
    AtomicInteger count = new AtomicInteger();
    rows(
        sources,
        row -> {
          count.incrementAndGet();
          for (int i = 0; i < width; i++) {
            mean[i] += row[i];
          }
        });
    return scaled(mean, 1.0 / count.get());
  }

  private static double[] randomLike(double[] other, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] v = new double[other.length];
    for (int i = 0; i < v.length; i++) {
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
      v[i] = radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
    return scaled(v, norm(other) / norm(v));
  }

  static double norm(double[] v) {
    double sum = 0;
    for (double x : v) {
      sum += x * x;
    }
    return Math.sqrt(sum);
  }

  private static double[] scaled(double[] v, double by) {
    double[] result = v.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] *= by;
    }
    return result;
  }
}
