package org.intervene.bench;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.intervene.engine.script.CallListener;
import org.intervene.engine.script.ScriptModule;

/** Where the time of some work goes, by the calls that it makes. */
final class Profile implements CallListener {
  /** Kinds of work, in the order in which the table shows them. */
  enum Kind {
    PRODUCTS("matrix products, the activation in the same step included"),
    ATTENTION("attention"),
    ELEMENTWISE("norms, activations, sums"),
    ROWS("rows gathered and written: edits, caches, reads"),
    JNI("crossings between Java and native code"),
    JAVA("Java: reading, checking and planning the spec, indices, DJL's own calls");

    final String shown;

    Kind(String shown) {
      this.shown = shown;
    }
  }

  /** Products by weights [out, in], which are the second argument. */
  private static final Set<String> BY_WEIGHTS =
      Set.of("linear", "packed_linear", "packed_activated", "logits", "packed_logits");

  private static final Set<String> OTHER_PRODUCTS = Set.of("picked", "head_out", "product");
  private static final Set<String> ATTENTION =
      Set.of("scores", "pattern", "mixed", "mask", "additive", "alibi", "rotate");
  private static final Set<String> ELEMENTWISE =
      Set.of(
          "layer_norm",
          "rms_norm",
          "shares",
          "activation",
          "add",
          "scaled",
          "times",
          "clip",
          "sum_heads",
          "capped",
          "embed");

  private final Map<Kind, Spent> spent = new EnumMap<>(Kind.class);
  private double productOperations;
  private long productNanoseconds;
  private long total;

  /** Calls of a kind, and what they took. */
  private record Spent(long calls, long nanoseconds) {
    Spent plus(Spent other) {
      return new Spent(calls + other.calls, nanoseconds + other.nanoseconds);
    }
  }

  /** Profiles some repetitions and gives the one whose time is the median. */
  static Profile of(Runnable work, int repetitions) {
    Profile[] found = new Profile[repetitions];
    for (int i = 0; i < repetitions; i++) {
      Profile profile = new Profile();
      ScriptModule.listen(profile);
      try {
        long start = System.nanoTime();
        work.run();
        profile.total = System.nanoTime() - start;
      } finally {
        ScriptModule.listenNoMore();
      }
      found[i] = profile;
    }
    Arrays.sort(found, Comparator.comparingLong(p -> p.total));
    return found[repetitions / 2];
  }

  @Override
  public synchronized void called(String method, Object[] arguments, long nanoseconds) {
    spent.merge(kind(method), new Spent(1, nanoseconds), Spent::plus);
    if (BY_WEIGHTS.contains(method)) {
      NDArray x = (NDArray) arguments[0];
      long[] weight = ((NDArray) arguments[1]).getShape().getShape();
      productOperations += 2.0 * (x.size() / weight[1]) * weight[0] * weight[1];
      productNanoseconds += nanoseconds;
    }
  }

  private static Kind kind(String method) {
    if (BY_WEIGHTS.contains(method) || OTHER_PRODUCTS.contains(method)) {
      return Kind.PRODUCTS;
    } else if (ATTENTION.contains(method) || method.startsWith("attend")) {
      return Kind.ATTENTION;
    }
    return ELEMENTWISE.contains(method) ? Kind.ELEMENTWISE : Kind.ROWS;
  }

  /** Operations a second that the matrix products with weights reached. */
  double productRate() {
    return 1e9 * productOperations / productNanoseconds;
  }

  /** Calls into native code. */
  long calls() {
    return spent.values().stream().mapToLong(Spent::calls).sum();
  }

  /** Seconds of the whole work. */
  double total() {
    return total / 1e9;
  }

  /**
   * Seconds of one kind of work.
   *
   * @param empty what a call costs that does nothing
   */
  double seconds(Kind kind, CallCost empty) {
    long heard = spent.values().stream().mapToLong(Spent::nanoseconds).sum();
    return switch (kind) {
      case JNI -> calls() * (empty.inside() + empty.outside());
      case JAVA -> (total - heard) / 1e9 - calls() * empty.outside();
      default -> {
        Spent own = spent.getOrDefault(kind, new Spent(0, 0));
        yield own.nanoseconds / 1e9 - own.calls * empty.inside();
      }
    };
  }
}
