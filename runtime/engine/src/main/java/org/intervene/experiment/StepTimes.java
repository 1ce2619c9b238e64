package org.intervene.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.intervene.execute.Progress;
import org.intervene.explain.Explanation;
import org.intervene.explain.Measured;

/** Writes down what each step of an execution takes, and passes the progress on. */
final class StepTimes implements Progress {
  private static final Path STATUS = Path.of("/proc/self/status");
  private final Progress listener;
  private final List<Measured> measured = new ArrayList<>();

  StepTimes(Progress listener) {
    this.listener = listener;
  }

  /**
   * One for each step of an explanation.
   *
   * @param naive whether cells were measured, of which a step has several
   */
  List<Measured> of(List<Explanation.Step> steps, boolean naive) {
    List<Measured> all = new ArrayList<>();
    int next = 0;
    for (Explanation.Step step : steps) {
      int end = next + (naive ? step.works() : 1);
      List<Measured> own = measured.subList(next, end);
      double seconds = own.stream().mapToDouble(Measured::seconds).sum();
      long memory = own.stream().mapToLong(Measured::memory).max().orElse(0);
      all.add(new Measured(seconds, memory));
      next = end;
    }
    return all;
  }

  @Override
  public void planned(long cells) {
    listener.planned(cells);
  }

  @Override
  public void done(long cells) {
    listener.done(cells);
  }

  @Override
  public void step(long nanos) {
    listener.step(nanos);
    measured.add(new Measured(nanos / 1e9, resident()));
  }

  /** Bytes of the process's memory that are in use; Linux says so in {@code VmRSS: 1234 kB}. */
  private static long resident() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
      return 0;
    } catch (IOException e) {
      return 0; // another system: memory is not shown
    }
  }
}
