package org.intervene.pyvene;

import java.util.Optional;
import java.util.stream.IntStream;
import org.intervene.model.torchfile.TorchTensor;

/**
 * Columns of a rotation that {@code torch.nn.utils.parametrizations.orthogonal} keeps as an
 * unconstrained matrix X and a base B: B exp(A) with A = tril(X) - tril(X)ᵀ where X is square, and
 * B H₁ … Hₖ diag(X) where it is tall, Hᵢ being the Householder reflection of X's column i below the
 * diagonal.
 */
final class Rotation {
  private static final String SHORT = "rotate_layer.weight";
  private static final String ORIGINAL = "rotate_layer.parametrizations.weight.original";
  private static final String BASE = "rotate_layer.parametrizations.weight.0.base";

  /** Rotations are saved in float32 as a rule, and trained in it. */
  private static final double NOT_ORTHONORMAL = 1e-3;

  private final TorchTensor original;
  private final Optional<TorchTensor> base;
  private final int rows;

  private Rotation(TorchTensor original, Optional<TorchTensor> base) {
    this.original = original;
    this.base = base;
    this.rows = original.shape()[0];
  }

  /** The rotation of an intervention whose value has so many elements; reports what is wrong. */
  static Optional<Rotation> of(Representation r, int width, Weights weights, Problems problems) {
    boolean plain = weights.has(r, SHORT);
    Optional<TorchTensor> original = weights.tensor(r, plain ? SHORT : ORIGINAL);
    Optional<TorchTensor> base = plain ? Optional.empty() : weights.tensor(r, BASE);
    if (original.isEmpty() || (!plain && base.isEmpty())) {
      return Optional.empty();
    }
    int[] shape = original.get().shape();
    boolean fits =
        shape.length == 2
            && shape[0] == width
            && shape[1] >= 1
            && shape[1] <= width
            && base.map(b -> b.is(width, width)).orElse(true);
    if (!fits) {
      problems.noEquivalent(
          r.at(),
          "its rotation is " + original.get() + ", and the value has " + width + " elements",
          "rotate one place at a time: max_number_of_units 1");
      return Optional.empty();
    }
    return Optional.of(new Rotation(original.get(), base));
  }

  /** How many columns it has. */
  int rank() {
    return original.shape()[1];
  }

  /** Some columns, [column][element]; empty if they are not orthonormal. */
  Optional<double[][]> columns(int[] wanted) {
    double[][] columns =
        IntStream.of(wanted).parallel().mapToObj(this::column).toArray(double[][]::new);
    for (int i = 0; i < columns.length; i++) {
      for (int j = 0; j <= i; j++) {
        double expected = i == j ? 1 : 0;
        if (!(Math.abs(dot(columns[i], columns[j]) - expected) < NOT_ORTHONORMAL)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(columns);
  }

  private double x(int row, int column) {
    return original.elements()[row * rank() + column];
  }

  private double[] column(int index) {
    if (base.isEmpty()) {
      return IntStream.range(0, rows).mapToDouble(i -> x(i, index)).toArray();
    }
    double[] v = new double[rows];
    v[index] = 1;
    double[] turned = rank() == rows ? exponential(v) : reflected(v, index);
    double[] result = new double[rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        result[i] += base.get().elements()[i * rows + j] * turned[j];
      }
    }
    return result;
  }

  /** exp(A) v: as many steps as A's norm wants, each a Taylor series to its end. */
  private double[] exponential(double[] v) {
    double norm = 0;
    for (int j = 0; j < rows; j++) {
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += Math.abs(skew(i, j));
      }
      norm = Math.max(norm, sum);
    }
    int steps = (int) Math.max(1, Math.ceil(Math.min(norm, 1e6)));
    double[] result = v;
    for (int step = 0; step < steps; step++) {
      double[] term = result.clone();
      double[] sum = result.clone();
      for (int n = 1; n <= 30; n++) {
        term = product(term, 1.0 / (steps * (double) n));
        for (int i = 0; i < rows; i++) {
          sum[i] += term[i];
        }
      }
      result = sum;
    }
    return result;
  }

  private double skew(int i, int j) {
    return i > j ? x(i, j) : i < j ? -x(j, i) : 0;
  }

  private double[] product(double[] v, double factor) {
    double[] result = new double[rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        result[i] += skew(i, j) * v[j];
      }
      result[i] *= factor;
    }
    return result;
  }

  /** The reflections, the last one first; torch takes the diagonal as a whole number. */
  private double[] reflected(double[] v, int index) {
    for (int k = rank() - 1; k >= 0; k--) {
      double squares = 1;
      double along = v[k];
      for (int i = k + 1; i < rows; i++) {
        squares += x(i, k) * x(i, k);
        along += x(i, k) * v[i];
      }
      double by = 2 / squares * along;
      v[k] -= by;
      for (int i = k + 1; i < rows; i++) {
        v[i] -= by * x(i, k);
      }
    }
    int sign = (int) x(index, index);
    return IntStream.range(0, rows).mapToDouble(i -> sign * v[i]).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
