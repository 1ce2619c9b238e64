package org.intervene.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.intervene.compile.Compiled;
import org.intervene.compile.SpecCompiler;
import org.intervene.diagnostic.SourceText;
import org.intervene.engine.decoder.Decoder;
import org.intervene.engine.decoder.Hooks;
import org.intervene.engine.decoder.Prefix;
import org.intervene.engine.decoder.Rows;
import org.intervene.engine.decoder.Segment;
import org.intervene.engine.weights.Products;
import org.intervene.execute.Executor;
import org.intervene.execute.NaiveExecutor;
import org.intervene.execute.PackedExecutor;
import org.intervene.execute.Progress;
import org.intervene.experiment.LoadedModel;
import org.intervene.model.Dtype;
import org.intervene.optimise.Exactness;
import org.intervene.plan.Execution;
import org.intervene.plan.PlannedRun;
import org.intervene.read.Notation;
import org.intervene.read.SpecReader;

/** What this project needs for the tasks: reading, checking and planning the spec included. */
final class Own implements AutoCloseable {
  static final String PLANNED = "Intervene";
  static final String NAIVE = "Intervene, naive plan";
  private static final long PACK = 1L << 30;

  private final LoadedModel model;
  private final int repetitions;

  Own(Path directory, int repetitions, Products products) {
    this.model = LoadedModel.load(directory, Dtype.FLOAT32, Device.cpu(), products);
    this.repetitions = repetitions;
  }

  /** Loads a model, and counts what that needs beyond what the process holds before. */
  static Timing loading(Path directory) {
    PeakMemory peak = PeakMemory.sinceNow();
    long start = System.nanoTime();
    try (LoadedModel loaded = LoadedModel.load(directory, Dtype.FLOAT32, Device.cpu())) {
      double[] seconds = {(System.nanoTime() - start) / 1e9};
      double[] bytes = {loaded.checkpoint().bytes()};
      return new Timing("load", PLANNED, seconds, List.of(bytes), peak.raisedBy());
    }
  }

  Timing planned(String task, String spec) {
    Executor executor = new PackedExecutor(model.manager(), Exactness.WITHIN_TOLERANCE, PACK);
    return timed(task, PLANNED, () -> execute(spec, executor));
  }

  /** All logits of inputs of equal length, as one pack; the values are logit differences. */
  Timing forward(String task, List<int[]> inputs) {
    List<Segment> segments = inputs.stream().map(i -> Segment.whole(i.length)).toList();
    Rows rows = Rows.of(segments, inputs);
    return timed(task, PLANNED, () -> logitDifferences(rows, inputs));
  }

  private List<double[]> logitDifferences(Rows rows, List<int[]> inputs) {
    Decoder decoder = model.decoder();
    try (NDManager scope = model.manager().newSubManager()) {
      NDArray x = decoder.embed(scope, rows, Hooks.NONE);
      for (int layer = 0; layer < decoder.layers(); layer++) {
        x = decoder.block(layer).whole(scope, x, rows, Prefix.NONE, Hooks.NONE, null);
      }
      NDArray normed = decoder.finalNorm(scope, x, rows, Hooks.NONE);
      NDArray logits = decoder.logits(scope, normed, rows, Hooks.NONE);
      List<double[]> values = new ArrayList<>();
      int last = -1;
      for (int[] input : inputs) {
        last += input.length;
        NDArray row = logits.get(last);
        double difference = row.getFloat(Prompts.ANSWER) - row.getFloat(Prompts.FOIL);
        values.add(new double[] {difference});
      }
      return values;
    }
  }

  /** One pass for each cell. */
  Timing naive(String task, String spec) {
    return timed(task, NAIVE, () -> execute(spec, new NaiveExecutor(model.manager())));
  }

  private List<double[]> execute(String spec, Executor executor) {
    Compiled compiled =
        new SpecCompiler(
                model.decoder().architecture().facts(), Optional.empty(), Path.of("."), "spec.ivn")
            .compile(
                SpecReader.read(SourceText.of("spec.ivn", spec), Notation.IVN).spec().orElseThrow(),
                Map.of());
    Execution execution = executor.execute(compiled.plan(), model.decoder(), Progress.NONE);
    PlannedRun run = compiled.plan().runs().get(compiled.plan().runs().size() - 1);
    List<double[]> values = new ArrayList<>();
    for (int cell : run.cells()) {
      double[] reads = execution.reads()[cell];
      values.add(new double[] {reads[0] - reads[1]});
    }
    return values;
  }

  /** The first repetition warms up and counts only where there is but one. */
  private Timing timed(String task, String tool, Supplier<List<double[]>> work) {
    PeakMemory peak = PeakMemory.sinceNow();
    double[] seconds = new double[repetitions];
    List<double[]> values = List.of();
    for (int i = repetitions == 1 ? 0 : -1; i < repetitions; i++) {
      long start = System.nanoTime();
      values = work.get();
      if (i >= 0) {
        seconds[i] = (System.nanoTime() - start) / 1e9;
      }
    }
    return new Timing(task, tool, seconds, values, peak.bytes());
  }

  @Override
  public void close() {
    model.close();
  }
}
