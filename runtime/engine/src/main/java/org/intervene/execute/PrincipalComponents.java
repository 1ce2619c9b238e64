package org.intervene.execute;

/**
 * Principal components of rows, by power iteration on the centred data with deflation.
 *
 * <p>Power iteration multiplies by X^T X without forming it, so the cost is rows x width a step; it
 * stops when the direction changes by less than 1e-12 or after 10,000 steps. The sign is chosen so
 * that the largest element is positive.
 */
final class PrincipalComponents {
  private static final int MOST_STEPS = 10_000;
  private static final double SETTLED = 1e-12;

  private PrincipalComponents() {}

  /**
   * The k-th component, of norm one.
   *
   * @param x [row][width], which is worked in: it may be most of the program's memory
   * @param k counted from 1
   */
  static double[] component(double[][] x, int k) {
    centre(x);
    double[] v = new double[0];
    for (int i = 0; i < k; i++) {
      v = leading(x);
      deflate(x, v);
    }
    return positive(v);
  }

  private static void centre(double[][] x) {
    double[] mean = new double[x[0].length];
    for (double[] row : x) {
      addTo(mean, row, 1.0 / x.length);
    }
    for (double[] row : x) {
      addTo(row, mean, -1);
    }
  }

  private static double[] leading(double[][] x) {
    int width = x[0].length;
    double[] v = new double[width];
    for (int i = 0; i < width; i++) {
      v[i] = 1.0 / (i + 1);
    }
    normalise(v);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] next = new double[width];
      for (double[] row : x) {
        addTo(next, row, dot(row, v));
      }
      if (VectorValues.norm(next) == 0) {
        return next;
      }
      normalise(next);
      double change = 1 - Math.abs(dot(next, v));
      v = next;
      if (change < SETTLED) {
        break;
      }
    }
    return v;
  }

  private static void deflate(double[][] x, double[] v) {
    for (double[] row : x) {
      addTo(row, v, -dot(row, v));
    }
  }

  private static double[] positive(double[] v) {
    int largest = 0;
    for (int i = 1; i < v.length; i++) {
      largest = Math.abs(v[i]) > Math.abs(v[largest]) ? i : largest;
    }
    double[] result = new double[v.length];
    addTo(result, v, v[largest] < 0 ? -1 : 1);
    return result;
  }

  private static void normalise(double[] v) {
    double norm = VectorValues.norm(v);
    for (int i = 0; i < v.length; i++) {
      v[i] /= norm;
    }
  }

  private static void addTo(double[] sum, double[] row, double weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * row[i];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
