package org.intervene.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.intervene.experiment.Experiment;
import org.intervene.experiment.Options;

/** How long it takes to start and to check. */
record Launches(Settings settings) {
  private static final int WARM = 40;
  private static final double NO_TARGET = Double.POSITIVE_INFINITY;
  private static final String TEXT =
      """
      Whole processes as a shell starts them, with warm files; medians of %d after one that is not counted. In a warm Java
      machine, medians of %d checks after as many.
      """;

  Section section() throws IOException {
    Path hundred =
        Files.writeString(settings.folder().resolve("hundred-lines.ivn"), hundredLines());
    String tracing = settings.root().resolve("specs/subject-tracing.ivn").toString();
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("check of a 100-line spec, warm Java machine", 0.020, warmCheck(hundred)));
    rows.add(row("`intervene --version`", NO_TARGET, process("--version")));
    rows.add(
        row("`intervene check` of a 100-line spec", 0.6, process("check", hundred.toString())));
    rows.add(
        row("`intervene run specs/subject-tracing.ivn`", 2, process("run", "--quiet", tracing)));
    return new Section(
        "Starting and checking",
        Figures.format(TEXT, settings.repetitions(), WARM),
        List.of("what", "time", "to reach"),
        rows);
  }

  private static List<String> row(String what, double target, double seconds) {
    String reached = seconds > target ? ", missed" : "";
    String wanted = target == NO_TARGET ? "" : "≤ " + Figures.time(target);
    return List.of(what, Figures.time(seconds) + reached, wanted);
  }

  /** A spec of a hundred lines on the embedded model. */
  static String hundredLines() {
    StringBuilder text =
        new StringBuilder(
            """
            experiment "hundred-lines"
            model "builtin:primer" dtype float32
            data facts pairs {
              clean "The Eiffel Tower is in" corrupt "The Colosseum is in" { answer " Paris" foil " Rome" }
            }
            run clean on facts.clean
            run corrupt on facts.corrupt
            metric ld = logit(answer) - logit(foil)
            """);
    for (int i = 0; i < 46; i++) {
      text.append(
          "run r%d on facts.corrupt for pos in all { patch resid_pre[1] @ pos from clean }\n"
              .formatted(i));
      text.append("metric m%d = (ld - corrupt.ld) / (clean.ld - corrupt.ld)\n".formatted(i));
    }
    return text.toString();
  }

  private static double warmCheck(Path spec) {
    double[] seconds = new double[WARM];
    for (int i = -WARM; i < WARM; i++) {
      long start = System.nanoTime();
      Experiment.read(spec).check(Options.defaults());
      if (i >= 0) {
        seconds[i] = (System.nanoTime() - start) / 1e9;
      }
    }
    return Timing.median(seconds);
  }

  private double process(String... words) throws IOException {
    double[] seconds = new double[settings.repetitions()];
    for (int i = -1; i < seconds.length; i++) {
      long start = System.nanoTime();
      settings.launch(words);
      if (i >= 0) {
        seconds[i] = (System.nanoTime() - start) / 1e9;
      }
    }
    return Timing.median(seconds);
  }
}
