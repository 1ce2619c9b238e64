package org.intervene.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.SourceText;
import org.intervene.execute.Progress;
import org.intervene.experiment.Experiment;
import org.intervene.experiment.Options;
import org.intervene.metric.LabelledArray;
import org.intervene.metric.MetricTables;
import org.intervene.read.Notation;
import org.intervene.read.SpecReader;
import org.intervene.result.Result;

/**
 * Writes a spec for each pair of landmarks, runs it, and says in which layer and at which token one
 * patched residual stream changes the answer most.
 */
public final class StrongestPatch {
  private static final String SPEC =
      """
      experiment "strongest-patch"
      model "builtin:primer"
      data facts pairs {
        clean "The %s is in" corrupt "The %s is in" { answer " %s" foil " %s" }
      }
      run clean on facts.clean
      run corrupt on facts.corrupt
      run patched on facts.corrupt for layer in all, pos in 0..3 {
        patch resid_pre[layer] @ pos from clean
      }
      metric ld = logit(answer) - logit(foil)
      metric restored = (ld - corrupt.ld) / (clean.ld - corrupt.ld)
      """;

  private StrongestPatch() {}

  public static void main(String[] arguments) {
    try {
      show("Eiffel Tower", "Paris", "Charles Bridge", "Prague", System.out);
      show("Red Square", "Moscow", "Blue Mosque", "Istanbul", System.out);
    } catch (DiagnosticException e) {
      // everything that is wrong with the spec or the model, each with its place and its cure
      e.diagnostics().forEach(wrong -> System.err.println(wrong.message()));
      System.exit(1);
    }
  }

  static void show(String clean, String answer, String corrupt, String foil, PrintStream out) {
    LabelledArray restored = restored(SPEC.formatted(clean, corrupt, answer, foil));
    int best = 0;
    for (int i = 0; i < restored.size(); i++) {
      best = restored.at(i) > restored.at(best) ? i : best;
    }
    int[] place = restored.indices(best); // one index for each axis, in the order of the sweep
    out.printf(
        Locale.ROOT,
        "%s into %s: layer %s, token %s restores %.0f %%%n",
        clean,
        corrupt,
        restored.axes().get(0).labels().get(place[0]),
        restored.axes().get(1).labels().get(place[1]),
        100 * restored.at(best));
  }

  /** [layer, pos, example] how much of the clean run's logit difference a patch brings back. */
  private static LabelledArray restored(String spec) {
    SourceText text = SourceText.of("strongest-patch.ivn", spec);
    Experiment experiment = Experiment.of(SpecReader.read(text, Notation.IVN), Path.of(""));
    Result result = experiment.run(Options.defaults(), Progress.NONE, StrongestPatch::note);
    return result.tables().stream()
        .filter(table -> table.run().equals("patched") && table.metric().equals("restored"))
        .map(MetricTables.Table::values)
        .findFirst()
        .orElseThrow();
  }

  private static void note(Diagnostic remark) {
    System.err.println(remark.message());
  }
}
