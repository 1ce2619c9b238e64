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
  private static final int TURNS = 3;
  private static final String TEXT =
      """
      Each tool has a process of its own and gets the same weights and tokens; what it computes is compared before its
      time is, to %.0e in a logit difference. We, transformers and hand-batched PyTorch take turns, %d times, so that a
      slow minute of the machine is everyone's; times are medians over all turns of %d repetitions after one that warms up.
      Hand-batched PyTorch is what an expert writes: it caches both inputs, starts at the patched layer and takes all
      positions in one batch. It ends as the model does, with all logits: the goal of 4× was set against that, when it took
      5.8 s; or it goes further and computes two logits of the last position alone.
      The sweeps of the naive plan, TransformerLens and pyvene run once, after a forward pass that warms up. Ours hold
      everything from the spec's text to its numbers but the loading of the model. A ratio above 1 is how many times less
      time we need. A peak is the most memory that the process held during the work, weights included.
      """;

  Section section() throws IOException {
    Tasks tasks = tasks();
    List<Timing> timings = Timing.joined(takingTurns(tasks));
    timings.addAll(slow(tasks));
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
    String text = Figures.format(TEXT, Comparison.SAME, turns(), settings.repetitions());
    return new Section("Against other tools", text, Comparison.COLUMNS, rows);
  }

  private int turns() {
    return settings.quick() ? 1 : TURNS;
  }

  private List<Timing> takingTurns(Tasks tasks) throws IOException {
    Path file = tasks.in(settings.folder());
    List<Timing> timings = new ArrayList<>();
    for (int turn = 0; turn < turns(); turn++) {
      timings.addAll(ToolProcess.own().run(file, "forward", "planned"));
      timings.addAll(python(file, "transformers", "hand"));
    }
    return timings;
  }

  /** What takes so long that it runs once. */
  private List<Timing> slow(Tasks tasks) throws IOException {
    Path folder = settings.folder();
    List<Timing> timings = new ArrayList<>();
    if (!settings.quick()) {
      timings.addAll(python(tasks.in(folder), "transformer-lens", "pyvene"));
    }
    Map<String, String> residual = new LinkedHashMap<>(tasks.specs());
    residual.remove("heads");
    Tasks once = Tasks.of(tasks.model(), tasks.threads(), 1, residual);
    timings.addAll(ToolProcess.own().run(once.in(folder), "naive"));
    return timings;
  }

  /** Each of the tools in a process of its own; none without an interpreter. */
  private List<Timing> python(Path tasks, String... tools) throws IOException {
    List<Timing> timings = new ArrayList<>();
    if (settings.python().isPresent()) {
      Path script = settings.root().resolve("tests/bench/python/others.py");
      for (String tool : tools) {
        timings.addAll(ToolProcess.python(settings.python().get(), script).run(tasks, tool));
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
