package org.intervene.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What loading a model needs, and whether a sweep keeps to its budget. */
record Memory(Settings settings) {
  private static final int TOKENS = 15;
  private static final int PAIRS = 8;
  private static final double LOADING = 1.2;
  private static final int LOADS = 3;
  private static final String TEXT =
      """
      Loading: the first model of a process in which the engine is started, warm files; the peak is what the process holds
      beyond what it held before, pages of the mapped file included. The sweep: `intervene run --memory` over %d pairs of
      %d tokens that differ everywhere; the peak is the whole process's, as its `run.json` tells it.
      """;

  Section section() throws IOException {
    return new Section(
        "Loading and memory",
        Figures.format(TEXT, PAIRS, TOKENS),
        List.of("what", "time", "peak", "to reach"),
        List.of(loading(), budget()));
  }

  private List<String> loading() throws IOException {
    Path model = settings.model().in(settings.folder());
    Path tasks = Tasks.of(model, settings.threads(), 1, Map.of()).in(settings.folder());
    double[] seconds = new double[LOADS];
    long peak = 0;
    double bytes = 0;
    for (int i = 0; i < LOADS; i++) {
      Timing load = ToolProcess.own().run(tasks, "load").get(0);
      seconds[i] = load.median();
      bytes = load.flat()[0];
      peak = Math.max(peak, load.peak());
    }
    String share = Figures.format("%s, %.2f of the weights", Figures.memory(peak), peak / bytes);
    return List.of(
        Figures.format("loading %.0f MB of float32 weights", bytes / 1e6),
        Figures.time(Timing.median(seconds)),
        peak > LOADING * bytes ? share + ", missed" : share,
        Figures.format("≤ %.1f of the weights", LOADING));
  }

  private List<String> budget() throws IOException {
    List<Prompts.Pair> pairs = new Prompts(settings.model().vocabulary()).different(PAIRS, TOKENS);
    Path model = settings.model().in(settings.folder());
    String text = Sweeps.on(model, Sweeps.residual(pairs));
    Path spec = Files.writeString(settings.folder().resolve("sweep.ivn"), text);
    Path result = settings.folder().resolve("sweep-result");
    List<String> words = new ArrayList<>(List.of("run", "--quiet", spec.toString()));
    words.addAll(List.of("--threads", Integer.toString(settings.threads())));
    words.addAll(List.of("--memory", settings.budget() + "M", "-o", result.toString()));
    long start = System.nanoTime();
    settings.launch(words.toArray(String[]::new));
    double seconds = (System.nanoTime() - start) / 1e9;
    long peak =
        new ObjectMapper()
            .readTree(result.resolve("run.json").toFile())
            .get("peak_memory_bytes")
            .asLong();
    boolean over = peak > (long) settings.budget() << 20;
    return List.of(
        "sweep with `--memory %dM`, whole process".formatted(settings.budget()),
        Figures.time(seconds),
        Figures.memory(peak) + (over ? ", missed" : ""),
        "≤ %d MiB".formatted(settings.budget()));
  }
}
