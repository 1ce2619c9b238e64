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
import org.intervene.explain.Explanation;
import org.intervene.result.Result;
import org.intervene.result.ResultDigest;

/**
 * A process that runs a spec under a budget, and prints how many bytes it held at most above what
 * it held when the model was loaded, what was estimated, the sum of all numbers without their
 * signs, and the result's digest.
 */
public final class PeakMemory implements Progress {
  private long loaded;

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
    Explanation.Totals totals = experiment.explain(options).explanation().totals();
    PeakMemory memory = new PeakMemory();
    Result result = experiment.run(options, memory, note -> {});
    long peak = status("VmHWM:") - memory.loaded;
    long estimate = totals.memory().peak() - totals.memory().weights() - totals.memory().program();
    double sum =
        Arrays.stream(result.execution().reads())
            .flatMapToDouble(Arrays::stream)
            .map(Math::abs)
            .sum();
    System.out.println(peak + " " + estimate + " " + sum + " " + ResultDigest.of(result));
  }

  /** The model is loaded, and nothing is executed yet. */
  @Override
  public void planned(long cells) {
    try {
      System.gc();
      Files.writeString(Path.of("/proc/self/clear_refs"), "5"); // forgets the peak until now
      loaded = status("VmRSS:");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void done(long cells) {}

  private static long status(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }
}
