package org.intervene.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.intervene.experiment.Explained;
import org.intervene.explain.Explanation.Kind;
import org.intervene.explain.Explanation.Served;
import org.intervene.explain.Explanation.Step;
import org.intervene.explain.Measured;

/** The steps of a plan as a table. Where there are many, neighbours of one kind share a line. */
final class StepTable {
  private static final int MOST_LINES = 16;
  private final List<Step> steps;
  private final List<Measured> measured;
  private final Screen screen;

  StepTable(Explained explained, Screen screen) {
    this.steps = explained.explanation().steps();
    this.measured = explained.measured();
    this.screen = screen;
  }

  List<String> lines() {
    List<String> headings =
        new ArrayList<>(List.of("step", "does", "works", "rows", "operations", "needs", "keeps"));
    if (!measured.isEmpty()) {
      headings.addAll(List.of("time", "speed", "held"));
    }
    headings.add("for");
    Columns columns = new Columns();
    columns.row(headings.stream().map(screen::bold).toArray(String[]::new));
    int start = 0;
    for (int end = 1; end <= steps.size(); end++) {
      if (end == steps.size() || !together(steps.get(start), steps.get(end))) {
        columns.row(row(start, end));
        start = end;
      }
    }
    return columns.lines("");
  }

  private boolean together(Step one, Step other) {
    return steps.size() > MOST_LINES
        && one.kind() == other.kind()
        && names(one.serves()).equals(names(other.serves()));
  }

  private static List<String> names(List<Served> served) {
    return served.stream().map(Served::run).toList();
  }

  private String[] row(int start, int end) {
    List<Step> group = steps.subList(start, end);
    List<String> fields = new ArrayList<>();
    fields.add(end - start == 1 ? "" + (start + 1) : (start + 1) + "-" + end);
    fields.add(does(group));
    fields.add(ExplainText.count(group.stream().mapToLong(Step::works).sum()));
    fields.add(ExplainText.count(group.stream().mapToLong(Step::rows).sum()));
    double operations = group.stream().mapToDouble(Step::operations).sum();
    fields.add(Quantity.operations(operations));
    fields.add(ByteSize.shown(group.stream().mapToLong(Step::bytes).max().orElse(0)));
    fields.add(ByteSize.shown(group.stream().mapToLong(Step::keeps).sum()));
    if (!measured.isEmpty()) {
      Measured sum = ExplainText.sum(measured.subList(start, end));
      fields.add(Quantity.seconds(sum.seconds()));
      fields.add(sum.seconds() > 0 ? Quantity.speed(operations / sum.seconds()) : "");
      fields.add(sum.memory() > 0 ? ByteSize.shown(sum.memory()) : "");
    }
    fields.add(serves(group));
    return fields.toArray(String[]::new);
  }

  private static String does(List<Step> group) {
    int layer = group.stream().mapToInt(Step::firstLayer).min().orElse(0);
    return group.get(0).kind() == Kind.WHOLE
        ? "whole passes"
        : group.get(0).kind() == Kind.CONTINUED
            ? "passes from block " + layer
            : "norm and unembedding";
  }

  private static String serves(List<Step> group) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Step step : group) {
      for (Served served : step.serves()) {
        names.put(
            served.run(),
            served.run().isEmpty()
                ? "inputs of means, vectors, resampling"
                : Screen.safe(served.run()) + " (line " + served.span().line() + ")");
      }
    }
    return names.isEmpty()
        ? "beginnings that others share"
        : names.values().stream().collect(Collectors.joining(", "));
  }
}
