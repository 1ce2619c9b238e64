package org.intervene.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.engine.weights.Products;

/** Whether to run packs one after another with all threads, or several at once with one each. */
record AtOnce(Settings settings) {
  private static final int TOKENS = 15;
  private static final String TEXT =
      """
      As many `resid_pre` sweeps as there are threads, %d, each over one pair of %d tokens that differs early and so one
      pack of works: one sweep after another with all threads, and all at once with one thread each; taken in turns,
      medians of %d. Processor time counts the threads that wait for each other, too.
      """;

  /** What all sweeps took, in seconds. */
  private record Took(double wall, double processor) {}

  /** One way to run all sweeps. */
  private interface Way {
    void run() throws IOException;
  }

  Section section() throws IOException {
    int threads = settings.threads();
    Path model = settings.model().in(settings.folder());
    Prompts prompts = new Prompts(settings.model().vocabulary());
    List<String> specs = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      specs.add(Sweeps.residual(List.of(prompts.early(TOKENS, 7 + i))));
    }
    List<Took> inTurn = new ArrayList<>();
    List<Took> atOnce = new ArrayList<>();
    try (Own own = new Own(model, 1, Products.PACKED)) {
      for (int i = -1; i < settings.repetitions(); i++) {
        TorchRuntime.start().threads(threads);
        Took all = took(() -> specs.forEach(s -> own.planned("in turn", s)));
        TorchRuntime.start().threads(1);
        Took one = took(() -> together(own, specs));
        if (i >= 0) {
          inTurn.add(all);
          atOnce.add(one);
        }
      }
    } finally {
      TorchRuntime.start().threads(threads);
    }
    return new Section(
        "Packs one after another, or at once",
        Figures.format(TEXT, threads, TOKENS, settings.repetitions()),
        List.of("way", "time", "processor time"),
        List.of(row("one after another, all threads", inTurn), row("at once, one each", atOnce)));
  }

  private static void together(Own own, List<String> specs) throws IOException {
    List<Thread> running = new ArrayList<>();
    for (String spec : specs) {
      Thread thread = new Thread(() -> own.planned("at once", spec));
      thread.start();
      running.add(thread);
    }
    try {
      for (Thread thread : running) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Took took(Way way) throws IOException {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    long start = System.nanoTime();
    way.run();
    double wall = (System.nanoTime() - start) / 1e9;
    return new Took(wall, (system.getProcessCpuTime() - before) / 1e9);
  }

  private static List<String> row(String way, List<Took> took) {
    double[] walls = took.stream().mapToDouble(Took::wall).sorted().toArray();
    double[] processors = took.stream().mapToDouble(Took::processor).sorted().toArray();
    return List.of(way, Figures.time(median(walls)), Figures.time(median(processors)));
  }

  private static double median(double[] sorted) {
    return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
  }
}
