package org.intervene.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How the cost of a sweep grows with pairs, layers and tokens. */
record Growth(Settings settings, List<Growth.Case> cases) {
  private static final String SWEEP = "sweep";
  private static final int POSITIONS = 16;
  private static final int LONG = 4096;

  /** A pass of more tokens takes long enough for its first time not to matter. */
  private static final int MOST_REPEATED = 128;

  private static final List<String> COLUMNS =
      List.of(
          "pairs", "layers", "tokens", "cells", "time", "a cell", "peak", "naive", "from", "ratio");
  private static final String TEXT =
      """
      Sweeps of `resid_pre` over all layers and 16 positions (all of 16 tokens, else at equal distances), each in a
      process of its own. The inputs of a pair differ in every token, so that no cell is dead. The naive time is scaled:
      the time of as many passes as the column “from” says, times the passes of the whole sweep. The cells of the sample
      are compared with ours.
      """;

  /**
   * One sweep.
   *
   * @param tokens of every input; a multiple of 16
   */
  record Case(int pairs, int layers, int tokens) {
    /** Cells of the sweep. */
    int cells() {
      return pairs * layers * POSITIONS;
    }

    private boolean isLong() {
      return pairs * tokens * layers > LONG;
    }

    private int[] positions() {
      return IntStream.range(0, POSITIONS).map(i -> i * (tokens / POSITIONS)).toArray();
    }

    /** Every so manieth of some numbers below a bound. */
    private int[] every(int bound) {
      int count = Math.min(bound, tokens > POSITIONS ? 2 : 4);
      return IntStream.range(0, count).map(i -> i * bound / count).toArray();
    }
  }

  /** One step after the other in each direction, from the smallest sweep. */
  static List<Case> cases(int layers, boolean quick) {
    Case least = new Case(1, layers, 16);
    return quick
        ? List.of(least, new Case(8, layers, 16))
        : List.of(
            least,
            new Case(8, layers, 16),
            new Case(64, layers, 16),
            new Case(1, 2 * layers, 16),
            new Case(1, layers, 128),
            new Case(1, layers, 512));
  }

  Section section() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (Case one : cases) {
      rows.add(row(one));
    }
    return new Section("How cost grows", TEXT, COLUMNS, rows);
  }

  private List<String> row(Case one) throws IOException {
    Path model = settings.model().withLayers(one.layers).in(settings.folder());
    List<Prompts.Pair> pairs =
        new Prompts(settings.model().vocabulary()).different(one.pairs, one.tokens);
    int[] layers = IntStream.range(0, one.layers).toArray();
    int repetitions = one.isLong() || settings.quick() ? 1 : 2;
    Timing planned =
        run(model, repetitions, "planned", Sweeps.residual(pairs, layers, one.positions()));
    int[] places = one.every(POSITIONS);
    int[] positions = IntStream.of(places).map(i -> one.positions()[i]).toArray();
    int[] depths = one.every(one.layers);
    Timing naive =
        run(
            model,
            one.tokens > MOST_REPEATED ? 1 : 2,
            "naive",
            Sweeps.residual(pairs.subList(0, 1), depths, positions));
    compare(planned, naive, one.pairs, depths, places);
    int passes = depths.length * places.length + 1;
    double all = naive.median() / passes * (one.cells() + one.pairs);
    return List.of(
        Integer.toString(one.pairs),
        Integer.toString(one.layers),
        Integer.toString(one.tokens),
        Integer.toString(one.cells()),
        Figures.time(planned.median()),
        Figures.time(planned.median() / one.cells()),
        Figures.memory(planned.peak()),
        Figures.time(all),
        Integer.toString(passes),
        Figures.ratio(all / planned.median()));
  }

  private Timing run(Path model, int repetitions, String what, String spec) throws IOException {
    Tasks tasks = Tasks.of(model, settings.threads(), repetitions, Map.of(SWEEP, spec));
    return ToolProcess.own().run(tasks.in(settings.folder()), what).get(0);
  }

  /** The first of several pairs is the first of each layer and position. */
  private static void compare(Timing planned, Timing naive, int pairs, int[] layers, int[] places) {
    double[] all = planned.flat();
    List<double[]> same = new ArrayList<>();
    for (int layer : layers) {
      for (int place : places) {
        same.add(new double[] {all[(layer * POSITIONS + place) * pairs]});
      }
    }
    double difference = new Timing(SWEEP, planned.tool(), new double[0], same, 0).difference(naive);
    if (!(difference < Comparison.SAME)) {
      throw new IllegalStateException("planned and naive cells differ by " + difference);
    }
  }
}
