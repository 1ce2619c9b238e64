package org.intervene.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.intervene.ast.Expr;
import org.intervene.experiment.Options;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of the commands that check or run a spec. */
final class SpecOptions {
  /** More would only wait for each other. */
  private static final int THREADS_PER_CORE = 4;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "gives a declared `param` another value, for this run; may be repeated")
  Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "cpu, cuda or cuda:N, instead of the spec's")
  Optional<String> device = Optional.empty();

  @Option(
      names = "--dtype",
      paramLabel = "DTYPE",
      description = "float32, float64, bfloat16 or float16, instead of the spec's")
  Optional<String> dtype = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads of the tensor engine; default: one for each core")
  Integer threads;

  @Option(
      names = "--plan",
      paramLabel = "PLAN",
      description =
          "optimised (default); strict: only what keeps every bit; or naive: every cell on its own,"
              + " as an oracle")
  Options.Strategy plan = Options.Strategy.OPTIMISED;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "most memory to use, such as 6G; default: half of the machine's or GPU's")
  Optional<String> memory = Optional.empty();

  Options settings() {
    Map<String, Expr> parameters = new LinkedHashMap<>();
    set.forEach((name, value) -> parameters.put(name, Overrides.value(value)));
    int most = THREADS_PER_CORE * Runtime.getRuntime().availableProcessors();
    if (threads != null && (threads < 1 || threads > most)) {
      throw new ParameterException(
          command.commandLine(), "--threads has to be between 1 and " + most + " on this machine");
    }
    return new Options(
        parameters,
        device,
        dtype,
        threads == null ? OptionalInt.empty() : OptionalInt.of(threads),
        plan,
        memory.isPresent() ? OptionalLong.of(bytes(memory.get())) : OptionalLong.empty());
  }

  private long bytes(String size) {
    try {
      return ByteSize.parse(size);
    } catch (NumberFormatException e) {
      throw new ParameterException(
          command.commandLine(), "--memory " + size + " is not a size: write 512M or 6G", e);
    }
  }
}
