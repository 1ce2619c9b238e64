package org.intervene.experiment;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.intervene.ast.Expr;
import org.intervene.optimise.Exactness;

/**
 * What the caller decides about an execution; nothing here but the parameters and the dtype changes
 * a result.
 *
 * @param parameters declared parameters that get another value; recorded in the result
 * @param device instead of the spec's: {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
 * @param dtype instead of the spec's
 * @param threads of the tensor engine, for the whole process
 * @param strategy how the work is carried out
 * @param memory most bytes that the execution may use; absent means half of what the device has
 */
public record Options(
    Map<String, Expr> parameters,
    Optional<String> device,
    Optional<String> dtype,
    OptionalInt threads,
    Strategy strategy,
    OptionalLong memory) {
  public Options {
    parameters = Map.copyOf(parameters);
  }

  /** How a plan is carried out. */
  public enum Strategy {
    /** Shared prefixes, dropped cells, packs. */
    OPTIMISED,
    /** Of these only what gives the bits of a whole forward pass for every cell. */
    STRICT,
    /** One forward pass for every cell. */
    NAIVE;

    /** How exact the rules of an optimised plan have to be. */
    public Exactness least() {
      return this == OPTIMISED ? Exactness.WITHIN_TOLERANCE : Exactness.BITWISE;
    }
  }

  /** The same on a device. */
  public Options on(String kind) {
    return new Options(parameters, Optional.of(kind), dtype, threads, strategy, memory);
  }

  /** The same with the parameters' own values. */
  Options asWritten() {
    return new Options(Map.of(), device, dtype, threads, strategy, memory);
  }

  /** Everything as the spec says. */
  public static Options defaults() {
    return new Options(
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Strategy.OPTIMISED,
        OptionalLong.empty());
  }
}
