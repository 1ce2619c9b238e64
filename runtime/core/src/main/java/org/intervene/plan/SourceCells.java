package org.intervene.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.intervene.ast.Edit;
import org.intervene.ast.Word;
import org.intervene.check.Diagnostics;
import org.intervene.check.Symbols;
import org.intervene.data.Dataset;

/** Finds the cells whose activations an edit or a metric reads. */
final class SourceCells {
  private final Symbols symbols;
  private final Prompts prompts;
  private final CellRegister cells;
  private final Diagnostics problems;
  private final Map<String, RunLayout> planned = new HashMap<>();
  private final Map<List<Object>, Optional<int[]>> drawn = new HashMap<>();

  SourceCells(Symbols symbols, Prompts prompts, CellRegister cells, Diagnostics problems) {
    this.symbols = symbols;
    this.prompts = prompts;
    this.cells = cells;
    this.problems = problems;
  }

  /** A cell and the input that it reads. */
  record Source(int cell, Prompt prompt) {}

  /** Makes a run known, so that others may read it. */
  void register(RunLayout run) {
    planned.put(run.clause().name().text(), run);
  }

  /** How an input splits into tokens, for messages. */
  String shown(Prompt prompt) {
    return prompts.shown(prompt);
  }

  /**
   * The cell of a run for the paired example, at the same values of the sweep axes that the run
   * has.
   */
  Optional<Source> paired(Word name, CellContext cell) {
    Optional<RunLayout> run = readable(name, cell.run());
    if (run.isEmpty()) {
      return Optional.empty();
    }
    int example = cell.prompt().example();
    int id = run.get().cell(cell.point(), example);
    if (id < 0) {
      return Optional.empty();
    }
    return prompts
        .prompt(run.get().data(), run.get().column(), example, name.span())
        .map(p -> new Source(id, p));
  }

  /**
   * Checks that a run can be read from another: the same data, and no sweep axis that the reader
   * lacks.
   */
  private Optional<RunLayout> readable(Word name, RunLayout reader) {
    if (symbols.run(name, problems).isEmpty()) {
      return Optional.empty();
    }
    RunLayout run = planned.get(name.text());
    if (run == null) {
      return Optional.empty();
    }
    if (!run.data().name().equals(reader.data().name())) {
      problems.error(
          "run.unpaired",
          name.span(),
          "run `"
              + name
              + "` is over `"
              + run.data().name()
              + "`, this one over `"
              + reader.data().name()
              + "`: their examples are not pairs",
          "let both run on columns of the same data");
      return Optional.empty();
    }
    for (SweepAxis axis : run.axes()) {
      Optional<SweepAxis> own =
          reader.axes().stream().filter(a -> a.name().equals(axis.name())).findFirst();
      if (own.isEmpty() || !own.get().labels().equals(axis.labels())) {
        problems.error(
            "run.swept-source",
            name.span(),
            "run `"
                + name
                + "` is swept over `"
                + axis.name()
                + "`, so it has no single value here",
            "sweep this run over the same `" + axis.name() + "`, or read a run without a sweep");
        return Optional.empty();
      }
    }
    return Optional.of(run);
  }

  /** The unedited cell of the example that a resampling drew for this one. */
  Optional<Source> resampled(Edit.Resample edit, long seed, CellContext cell) {
    Optional<Dataset> data = symbols.dataset(edit.from().data(), problems);
    Optional<String> column = data.flatMap(d -> prompts.column(d, edit.from()));
    if (column.isEmpty()) {
      return Optional.empty();
    }
    boolean same = data.get().name().equals(cell.run().data().name());
    int wanted = cell.run().data().examples().size();
    Optional<int[]> drawing =
        drawn.computeIfAbsent(
            List.of(data.get().name(), seed, wanted, same),
            k -> draw(edit, data.get().examples().size(), wanted, same, seed));
    return drawing.flatMap(
        d ->
            prompts
                .prompt(data.get(), column.get(), d[cell.prompt().example()], edit.span())
                .map(p -> new Source(cells.unedited(edit.span(), p), p)));
  }

  /**
   * One other example for each, drawn without replacement: a seeded shuffle, repeated until nobody
   * drew itself.
   */
  private Optional<int[]> draw(Edit.Resample edit, int from, int wanted, boolean same, long seed) {
    if (from < wanted || (same && from < 2)) {
      problems.error(
          "resample.too-few",
          edit.from().span(),
          "`"
              + edit.from().data()
              + "` has "
              + from
              + " examples: too few to draw another one for"
              + " each of "
              + wanted
              + " without replacement",
          "resample from data with more examples");
      return Optional.empty();
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = new int[from];
    do {
      for (int i = 0; i < from; i++) {
        order[i] = i;
      }
      for (int i = from - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swap = order[i];
        order[i] = order[j];
        order[j] = swap;
      }
    } while (same && drewItself(order, wanted));
    return Optional.of(order);
  }

  private static boolean drewItself(int[] order, int wanted) {
    for (int i = 0; i < wanted; i++) {
      if (order[i] == i) {
        return true;
      }
    }
    return false;
  }
}
