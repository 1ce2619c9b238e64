package org.intervene.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.intervene.execute.Progress;
import org.intervene.experiment.Experiment;
import org.intervene.experiment.Options;
import org.intervene.explain.Memory;
import org.intervene.result.Result;
import org.intervene.result.ResultDigest;

/**
 * A process that runs a spec under a budget, and prints how many bytes it held at most, how many
 * were estimated, how many of them went to a file, the sum of all numbers without their signs, and
 * the result's digest.
 */
public final class PeakMemory {
  private PeakMemory() {}

  /**
   * Runs a spec.
   *
   * @param arguments the spec, the budget in bytes, the name of the plan
   */
  public static void main(String[] arguments) throws IOException {
    Options options =
        new Options(
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.of(1),
            Options.Strategy.valueOf(arguments[2]),
            OptionalLong.of(Long.parseLong(arguments[1])));
    Experiment experiment = Experiment.read(Path.of(arguments[0]));
    Memory memory = experiment.explain(options).explanation().totals().memory();
    Result result = experiment.run(options, Progress.NONE, note -> {});
    double sum =
        Arrays.stream(result.execution().reads())
            .flatMapToDouble(Arrays::stream)
            .map(Math::abs)
            .sum();
    System.out.println(
        status("VmHWM:")
            + " "
            + memory.peak()
            + " "
            + memory.spilled()
            + " "
            + sum
            + " "
            + ResultDigest.of(result));
  }

  private static long status(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }
}
