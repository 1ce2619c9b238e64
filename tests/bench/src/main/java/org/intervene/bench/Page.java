package org.intervene.bench;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.intervene.engine.script.TorchRuntime;

/** docs/performance.md. */
record Page(Settings settings, String command, List<Section> sections) {
  private static final String TEXT =
      """
      # Performance

      Written by `%s` on %s; anyone can start it.

      - %s, %d cores, %.0f GiB; %d threads for every tool
      - Java %s, DJL's libtorch %s; %s
      - a GPT-2 of %d layers, d_model %d, %d heads, vocabulary %d, float32, random weights

      How to read the tables: “to reach” is the goal that was set before anything was measured, and “missed” stands beside a ratio that
      does not reach it. The machine is shared: a time may be a quarter higher in the next run, ratios move less.
      """;

  /** What was measured, with what, when. */
  String head() {
    RandomGpt2 model = settings.model();
    return Figures.format(
        TEXT,
        command,
        LocalDate.now(ZoneOffset.UTC),
        Machine.processor(),
        Runtime.getRuntime().availableProcessors(),
        Machine.memory() / (double) (1 << 30),
        settings.threads(),
        System.getProperty("java.version"),
        TorchRuntime.start().version(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        model.layers(),
        model.width(),
        model.heads(),
        model.vocabulary());
  }

  /** The whole page, as Markdown. */
  String text() {
    StringBuilder text = new StringBuilder(head());
    sections.forEach(section -> text.append('\n').append(section.markdown()));
    return text.toString();
  }
}
