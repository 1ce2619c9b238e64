package org.intervene.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.intervene.experiment.Explained;
import org.intervene.experiment.Options;
import org.intervene.explain.Explanation;
import org.intervene.explain.Explanation.Logical;
import org.intervene.explain.Explanation.Totals;
import org.intervene.explain.Measured;
import org.intervene.model.ModelFacts;
import org.intervene.optimise.Applied;
import org.intervene.optimise.Exactness;

/** An explained plan for someone at a terminal. */
final class ExplainText {
  private final Explained explained;
  private final Explanation plan;
  private final Screen screen;
  private final List<String> lines = new ArrayList<>();

  private ExplainText(Explained explained, Screen screen) {
    this.explained = explained;
    this.plan = explained.explanation();
    this.screen = screen;
  }

  static List<String> of(Explained explained, Screen screen) {
    ExplainText text = new ExplainText(explained, screen);
    text.head();
    text.runs();
    text.rules();
    text.lines.add("");
    text.lines.addAll(new StepTable(explained, screen).lines());
    text.totals();
    return text.lines;
  }

  private void head() {
    ModelFacts facts = explained.facts();
    lines.add(
        screen.bold(Screen.safe(explained.experiment()))
            + " on "
            + Screen.safe(explained.model())
            + ": "
            + facts.family()
            + ", "
            + facts.layers()
            + " layers, "
            + facts.heads()
            + " heads, d_model "
            + facts.dModel()
            + ", "
            + explained.dtype()
            + ", "
            + (explained.prepended().equals("none")
                ? "nothing prepended"
                : Screen.safe(explained.prepended()) + " prepended"));
    lines.add("");
  }

  private Columns table(String... headings) {
    String[] bold = new String[headings.length];
    for (int i = 0; i < bold.length; i++) {
      bold[i] = screen.bold(headings[i]);
    }
    return new Columns().row(bold);
  }

  private void runs() {
    Columns columns =
        table("line", "run", "data", "sweep", "cells", "dead cells", "edits", "reads");
    for (Logical run : plan.runs()) {
      columns.row(
          "" + run.span().line(),
          Screen.safe(run.name()),
          Screen.safe(run.input()),
          run.axes().stream()
              .map(a -> Screen.safe(a.name()) + " " + a.size())
              .collect(Collectors.joining(" x ")),
          count(run.cells()),
          count(run.dead()),
          count(run.edits()),
          count(run.reads()));
    }
    lines.addAll(columns.lines(""));
  }

  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  private void rules() {
    if (plan.rules().isEmpty()) {
      return;
    }
    Columns columns = table("rule", "fired", "keeps", "operations left");
    double naive = plan.totals().naive();
    for (Applied rule : plan.rules()) {
      columns.row(
          rule.rule(),
          count(rule.fired()),
          rule.exactness() == Exactness.BITWISE ? "every bit" : "up to rounding",
          String.format(Locale.ROOT, "%5.1f %%", 100 * rule.operations() / naive));
    }
    lines.add("");
    lines.addAll(columns.lines(""));
  }

  private void totals() {
    Totals totals = plan.totals();
    Columns columns = new Columns();
    columns.row(
        "passes",
        count(totals.cells())
            + " naive; planned: "
            + count(totals.whole())
            + " whole, "
            + count(totals.continued())
            + " continued, "
            + count(totals.closed())
            + " closed; "
            + count(totals.saved())
            + " forward passes saved");
    columns.row(
        "operations",
        Quantity.operations(totals.naive())
            + " naive, "
            + Quantity.operations(totals.planned())
            + " planned: "
            + String.format(Locale.ROOT, "%.1f times less", totals.naive() / totals.planned()));
    MemoryRows.of(totals.memory()).forEach((name, text) -> columns.row(name, text));
    if (!explained.devices().isEmpty()) {
      columns.row("devices", explained.devices());
    }
    if (!explained.measured().isEmpty()) {
      columns.row("measured", measured(totals));
    }
    bits(columns);
    lines.add("");
    lines.addAll(columns.lines(""));
  }

  private String measured(Totals totals) {
    Measured sum = sum(explained.measured());
    return Quantity.seconds(sum.seconds())
        + ", "
        + Quantity.speed(totals.planned() / sum.seconds())
        + (sum.memory() > 0 ? ", at most " + ByteSize.shown(sum.memory()) + " held" : "");
  }

  /** All steps together. */
  static Measured sum(List<Measured> steps) {
    return new Measured(
        steps.stream().mapToDouble(Measured::seconds).sum(),
        steps.stream().mapToLong(Measured::memory).max().orElse(0));
  }

  /** Which rules cost bitwise equality. */
  private void bits(Columns columns) {
    List<String> inexact =
        plan.rules().stream()
            .filter(r -> r.exactness() != Exactness.BITWISE && r.fired() > 0)
            .map(Applied::rule)
            .toList();
    if (!inexact.isEmpty()) {
      columns.row(
          "bits",
          String.join(", ", inexact) + " may round otherwise; `--plan strict` goes without");
    } else if (explained.strategy() == Options.Strategy.STRICT) {
      columns.row("bits", "every cell has the bits of a whole forward pass of its own");
    }
  }
}
