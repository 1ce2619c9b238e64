package org.intervene.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The main table: this project against its naive plan and other tools. */
record Tools(Settings settings) {
  private static final int TOKENS = 15;
  private static final String TEXT =
      """
      Each tool has a process of its own and gets the same weights and tokens; what it computes is compared before its
      time is, to %.0e in a logit difference. Times are medians of %d repetitions after one that warms up; the sweeps of the
      naive plan, TransformerLens and pyvene run once, after a forward pass that warms up. Ours hold everything from the
      spec's text to its numbers but the loading of the model. A ratio above 1 is how many times less time we need. A peak
      is the most memory that the process held during the work, weights included.
      """;

  Section section() throws IOException {
    Tasks tasks = tasks();
    List<Timing> timings = new ArrayList<>(own(tasks));
    timings.addAll(others(tasks));
    List<List<String>> rows = new ArrayList<>();
    for (Timing ours : timings) {
      for (Timing theirs : timings) {
        boolean both = ours.tool().equals(Own.PLANNED) && !theirs.tool().equals(Own.PLANNED);
        if (both && theirs.task().equals(ours.task())) {
          double target = Targets.of(ours.task(), theirs.tool());
          String work = Targets.described(ours.task(), settings.model().layers(), TOKENS);
          rows.add(new Comparison(work, ours, theirs, target).row());
        }
      }
    }
    String text = Figures.format(TEXT, Comparison.SAME, settings.repetitions());
    return new Section("Against other tools", text, Comparison.COLUMNS, rows);
  }

  private List<Timing> own(Tasks tasks) throws IOException {
    Path folder = settings.folder();
    List<Timing> timings = ToolProcess.own().run(tasks.in(folder), "forward", "planned");
    Map<String, String> residual = new LinkedHashMap<>(tasks.specs());
    residual.remove("heads");
    Tasks slow = Tasks.of(tasks.model(), tasks.threads(), 1, residual);
    timings.addAll(ToolProcess.own().run(slow.in(folder), "naive"));
    return timings;
  }

  private List<Timing> others(Tasks tasks) throws IOException {
    List<Timing> timings = new ArrayList<>();
    if (settings.python().isPresent()) {
      ToolProcess python =
          ToolProcess.python(
              settings.python().get(), settings.root().resolve("tests/bench/python/others.py"));
      Path file = tasks.in(settings.folder());
      List<String> fast = List.of("transformers", "hand");
      List<String> all = List.of("transformers", "hand", "transformer-lens", "pyvene");
      for (String tool : settings.quick() ? fast : all) {
        timings.addAll(python.run(file, tool));
      }
    }
    return timings;
  }

  private Tasks tasks() throws IOException {
    Prompts prompts = new Prompts(settings.model().vocabulary());
    Prompts.Pair early = prompts.early(TOKENS, 1);
    Map<String, String> specs = new LinkedHashMap<>();
    specs.put("resid-early", Sweeps.residual(List.of(early)));
    if (!settings.quick()) {
      specs.put("resid-late", Sweeps.residual(List.of(prompts.late(TOKENS, 2))));
    }
    specs.put("heads", Sweeps.heads(List.of(early)));
    List<int[]> batch = IntStream.range(0, 64).mapToObj(i -> prompts.tokens(TOKENS, i)).toList();
    return new Tasks(
        settings.model().in(settings.folder()),
        settings.threads(),
        settings.repetitions(),
        Map.of("early", early),
        specs,
        batch,
        settings.quick() ? List.of(1) : List.of(1, 64));
  }
}
