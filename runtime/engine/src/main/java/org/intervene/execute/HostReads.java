package org.intervene.execute;

import java.util.function.IntFunction;
import org.intervene.plan.Read;

/** Numbers read from logits and activations in Java's memory, all in float64. */
final class HostReads {
  private HostReads() {}

  /**
   * A number that depends on one row of logits.
   *
   * @param logits [vocab] at the read's position
   */
  static double fromLogits(Read read, double[] logits) {
    if (read instanceof Read.Logit r) {
      return logits[r.token()];
    } else if (read instanceof Read.LogProb r) {
      return logits[r.token()] - logSumExp(logits);
    } else if (read instanceof Read.Rank r) {
      return rank(logits, r.token());
    } else if (read instanceof Read.Top1) {
      return top1(logits);
    } else if (read instanceof Read.Entropy) {
      return entropy(logits);
    }
    throw new IllegalStateException("not a read of logits: " + read);
  }

  /** The position whose logits a read wants. */
  static int position(Read read) {
    if (read instanceof Read.Logit r) {
      return r.position();
    } else if (read instanceof Read.LogProb r) {
      return r.position();
    } else if (read instanceof Read.Rank r) {
      return r.position();
    } else if (read instanceof Read.Top1 r) {
      return r.position();
    } else if (read instanceof Read.Entropy r) {
      return r.position();
    }
    throw new IllegalStateException("not a read of logits: " + read);
  }

  private static double rank(double[] logits, int token) {
    int higher = 0;
    for (double x : logits) {
      higher += x > logits[token] ? 1 : 0;
    }
    return Double.isNaN(logits[token]) ? Double.NaN : higher;
  }

  private static int top1(double[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  static double logSumExp(double[] logits) {
    double highest = Double.NEGATIVE_INFINITY;
    for (double x : logits) {
      highest = Math.max(highest, x);
    }
    double sum = 0;
    for (double x : logits) {
      sum += Math.exp(x - highest);
    }
    return highest + Math.log(sum);
  }

  private static double entropy(double[] logits) {
    double log = logSumExp(logits);
    double sum = 0;
    for (double x : logits) {
      double p = Math.exp(x - log);
      sum -= p == 0 ? 0 : p * (x - log);
    }
    return sum;
  }

  /** KL(p || q) of two rows of logits, in nats. */
  static double kl(double[] p, double[] q) {
    double logP = logSumExp(p);
    double logQ = logSumExp(q);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double probability = Math.exp(p[i] - logP);
      sum += probability == 0 ? 0 : probability * ((p[i] - logP) - (q[i] - logQ));
    }
    return sum;
  }

  /** Jensen-Shannon divergence of two rows of logits, in nats. */
  static double js(double[] p, double[] q) {
    double logP = logSumExp(p);
    double logQ = logSumExp(q);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double a = Math.exp(p[i] - logP);
      double b = Math.exp(q[i] - logQ);
      double middle = (a + b) / 2;
      sum += a == 0 ? 0 : a * Math.log(a / middle) / 2;
      sum += b == 0 ? 0 : b * Math.log(b / middle) / 2;
    }
    return sum;
  }

  /**
   * Mean cross-entropy of an input's own next tokens.
   *
   * @param logits row of logits by position
   */
  static double loss(int[] tokens, IntFunction<double[]> logits) {
    double sum = 0;
    for (int p = 0; p + 1 < tokens.length; p++) {
      double[] row = logits.apply(p);
      sum += logSumExp(row) - row[tokens[p + 1]];
    }
    return sum / (tokens.length - 1);
  }

  /** Norm of a slice, or its inner product or cosine with a vector. */
  static double fromActivation(Read read, HostValue value, Operands operands) {
    if (read instanceof Read.Norm r) {
      return VectorValues.norm(selected(value, value.elements(r.slice())));
    } else if (read instanceof Read.Dot r) {
      return dot(selected(value, value.elements(r.slice())), operands.vector(r.vector()));
    } else if (read instanceof Read.Cos r) {
      double[] x = selected(value, value.elements(r.slice()));
      double[] v = operands.vector(r.vector());
      return dot(x, v) / (VectorValues.norm(x) * VectorValues.norm(v));
    } else if (read instanceof Read.Attention r) {
      int n = value.positions();
      return value.data()[(r.head() * n + r.position()) * n + r.source()];
    }
    throw new IllegalStateException("not a read of an activation: " + read);
  }

  private static double[] selected(HostValue value, int[] elements) {
    double[] x = new double[elements.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = elements[i] < 0 ? 0 : value.data()[elements[i]];
    }
    return x;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
