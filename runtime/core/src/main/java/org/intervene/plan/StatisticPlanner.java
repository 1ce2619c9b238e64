package org.intervene.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.intervene.ast.Edit;
import org.intervene.check.Diagnostics;
import org.intervene.check.Symbols;
import org.intervene.data.Dataset;
import org.intervene.model.Site;

/** Plans the means that edits write, each once. */
final class StatisticPlanner {
  private final Symbols symbols;
  private final Prompts prompts;
  private final CellRegister cells;
  private final Diagnostics problems;
  private final List<Statistic> planned = new ArrayList<>();
  private final Map<List<Object>, Integer> known = new HashMap<>();
  private final Map<String, Optional<List<Integer>>> dataCells = new HashMap<>();
  private final Map<String, Coverage> coverages = new HashMap<>();

  StatisticPlanner(Symbols symbols, Prompts prompts, CellRegister cells, Diagnostics problems) {
    this.symbols = symbols;
    this.prompts = prompts;
    this.cells = cells;
    this.problems = problems;
  }

  List<Statistic> planned() {
    return planned;
  }

  /** Which lengths and tokens the data has. */
  private record Coverage(int shortest, int longest, Set<Integer> tokens) {}

  /** The edits that write a mean over the selected slices. */
  List<CellEdit> mean(Edit.Mean edit, Slices.Selected selected, CellContext cell) {
    Optional<Dataset> data = symbols.dataset(edit.over().data(), problems);
    Optional<String> column = data.flatMap(d -> prompts.column(d, edit.over()));
    if (column.isEmpty()) {
      return List.of();
    }
    String key = data.get().name() + "." + column.get();
    Optional<List<Integer>> over =
        dataCells.computeIfAbsent(key, k -> cellsOf(edit, data.get(), column.get()));
    if (over.isEmpty()) {
      return List.of();
    }
    Site site = selected.slices().get(0).site();
    Statistic.By by = by(edit, site);
    if (!covered(edit, by, selected, cell, key, over.get())) {
      return List.of();
    }
    List<CellEdit> edits = new ArrayList<>();
    for (Slice slice : selected.slices()) {
      int id =
          known.computeIfAbsent(
              List.of(key, slice.site(), slice.layer(), by),
              k ->
                  add(
                      new Statistic(
                          planned.size(),
                          edit.span(),
                          slice.site(),
                          slice.layer(),
                          by,
                          over.get())));
      edits.add(new CellEdit(edit.span(), slice, new CellEdit.Change.FromStatistic(id)));
    }
    return edits;
  }

  private int add(Statistic statistic) {
    planned.add(statistic);
    return statistic.id();
  }

  /** Attention edges belong to pairs of positions, so their mean keeps positions apart. */
  private static Statistic.By by(Edit.Mean edit, Site site) {
    if (site.hasSources()) {
      return Statistic.By.POS;
    }
    return edit.by()
        .map(b -> b == Edit.By.POS ? Statistic.By.POS : Statistic.By.TOKEN)
        .orElse(Statistic.By.NOTHING);
  }

  private Optional<List<Integer>> cellsOf(Edit.Mean edit, Dataset data, String column) {
    List<Integer> ids = new ArrayList<>();
    int shortest = Integer.MAX_VALUE;
    int longest = 0;
    Set<Integer> tokens = new HashSet<>();
    for (int i = 0; i < data.examples().size(); i++) {
      Optional<Prompt> prompt = prompts.prompt(data, column, i, edit.over().span());
      if (prompt.isEmpty()) {
        return Optional.empty();
      }
      ids.add(cells.unedited(edit.span(), prompt.get()));
      shortest = Math.min(shortest, prompt.get().tokens().length);
      longest = Math.max(longest, prompt.get().tokens().length);
      for (int token : prompt.get().tokens()) {
        tokens.add(token);
      }
    }
    coverages.put(data.name() + "." + column, new Coverage(shortest, longest, tokens));
    return Optional.of(ids);
  }

  private boolean covered(
      Edit.Mean edit,
      Statistic.By by,
      Slices.Selected selected,
      CellContext cell,
      String data,
      List<Integer> over) {
    Coverage coverage = coverages.get(data);
    int[] tokens = cell.prompt().tokens();
    Slice slice = selected.slices().get(0);
    if (slice.site().hasSources()) {
      if (coverage.shortest() != tokens.length || coverage.longest() != tokens.length) {
        problems.error(
            "data.length-mismatch",
            edit.over().span(),
            "a mean attention pattern needs inputs of one length, but `"
                + data
                + "` has "
                + coverage.shortest()
                + " to "
                + coverage.longest()
                + " tokens and example "
                + cell.prompt().example()
                + " has "
                + tokens.length,
            "use data whose inputs are as long as the edited one");
        return false;
      }
      return true;
    }
    for (int p : slice.positions() == null ? upTo(tokens.length) : slice.positions()) {
      if (by == Statistic.By.POS && p >= coverage.longest()) {
        missing(edit, "no input of `" + data + "` has a position " + p);
        return false;
      }
      if (by == Statistic.By.TOKEN && !coverage.tokens().contains(tokens[p])) {
        missing(edit, "no input of `" + data + "` has the token " + prompts.quoted(tokens[p]));
        return false;
      }
    }
    return true;
  }

  private void missing(Edit.Mean edit, String message) {
    problems.error(
        "mean.no-samples",
        edit.over().span(),
        message + ", so there is no mean to write",
        "use data that covers it, or leave out `by`");
  }

  private static int[] upTo(int n) {
    return java.util.stream.IntStream.range(0, n).toArray();
  }
}
