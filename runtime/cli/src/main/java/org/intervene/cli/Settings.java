package org.intervene.cli;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.intervene.ast.Expr;

/**
 * What the command line decides about an execution.
 *
 * @param parameters declared parameters that get another value
 * @param device instead of the spec's
 * @param dtype instead of the spec's
 * @param threads of the tensor engine; absent lets it choose
 * @param plan how the work is planned: {@code naive} or the default
 * @param memory most bytes to use; absent means half the machine
 */
record Settings(
    Map<String, Expr> parameters,
    Optional<String> device,
    Optional<String> dtype,
    OptionalInt threads,
    Optional<String> plan,
    OptionalLong memory) {
  Settings {
    parameters = Map.copyOf(parameters);
  }
}
