package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.intervene.compile.Compiled;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.execute.ExecutionStopped;
import org.intervene.execute.PackedExecutor;
import org.intervene.execute.Progress;
import org.intervene.journal.Journal;
import org.intervene.journal.JournalFile;
import org.intervene.journal.PlanDigest;
import org.intervene.model.Dtype;
import org.intervene.optimise.Exactness;
import org.intervene.optimise.Optimiser;
import org.intervene.optimise.PhysicalPlan;
import org.intervene.plan.Execution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An execution that is stopped between two packs and continued has the bits of one that is not. */
class ResumedEqualsWholeTest {
  private static final String EVERYTHING =
      """
      experiment "everything"
      model "fixture"
      vector mean = mean(resid_post[0] @ last over p.clean)
      vector along = unembed(3) + mean
      data p pairs {
        clean [1, 2, 3, 4, 5, 6, 7] corrupt [1, 2, 9, 4, 5, 8, 7] { answer 7 }
        clean [5, 3, 3] corrupt [5, 4, 3] { answer 2 }
      }
      run clean on p.clean
      run corrupt on p.corrupt { collect resid_post[all] @ last as stream }
      run patched on p.corrupt for layer in all, pos in all {
        patch resid_pre[layer] @ pos from clean
        collect z[1] as z
      }
      run averaged on p.corrupt for layer in all { mean mlp_out[layer] over p.clean by pos }
      run steered on p.clean for c in [1, 2] { steer resid_post[0] @ last by along * c }
      run twice on p.clean for layer in all { patch resid_mid[layer] @ last from corrupt }
      metric l = logit(answer)
      metric moved = kl(clean)
      metric far = js(corrupt)
      metric way = dot(resid_post[1] @ last, along)
      metric long = norm(resid_mid[0] @ last)
      """;

  @TempDir Path folder;

  @Test
  void ofEverythingThatASpecCanAsk() {
    try (Bench bench = new Bench("gpt2-plain", Dtype.FLOAT32)) {
      Compiled compiled = bench.compile(EVERYTHING);
      int packs = plan(bench, compiled, Exactness.BITWISE).packs().size();
      assertTrue(packs > 20, packs + " packs");
      for (Exactness least : Exactness.values()) {
        PhysicalPlan physical = plan(bench, compiled, least);
        Execution whole = run(bench, compiled, physical, Journal.NONE, Progress.NONE);
        for (int stop = 1; stop <= physical.packs().size(); stop += 4) {
          holds(bench, compiled, physical, whole, stop, EVERYTHING);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2-plain", "llama-llama3", "bert-plain"})
  void ofRandomSpecs(String fixture) {
    try (Bench bench = new Bench(fixture, Dtype.FLOAT32)) {
      int compiled = 0;
      for (long seed = 1; seed <= 20; seed++) {
        var facts = bench.model().decoder().architecture().facts();
        String spec = new RandomExperiments(facts, seed).spec();
        Optional<Compiled> plan = compiled(bench, spec);
        if (plan.isPresent()) {
          PhysicalPlan physical = plan(bench, plan.get(), Exactness.WITHIN_TOLERANCE);
          int packs = physical.packs().size();
          Execution whole = run(bench, plan.get(), physical, Journal.NONE, Progress.NONE);
          holds(bench, plan.get(), physical, whole, (int) (seed % packs) + 1, spec);
          compiled++;
        }
      }
      assertTrue(compiled > 6, "only " + compiled + " random specs made sense");
    }
  }

  private static Optional<Compiled> compiled(Bench bench, String spec) {
    try {
      return Optional.of(bench.compile(spec));
    } catch (DiagnosticException e) {
      return Optional.empty(); // an edit that can never fire, say
    }
  }

  /** As many packs as can be: one for each work. */
  private static PhysicalPlan plan(Bench bench, Compiled compiled, Exactness least) {
    int bytes = bench.model().decoder().dtype().bytes();
    return Optimiser.optimise(compiled.plan(), least, 1, bytes);
  }

  private void holds(
      Bench bench,
      Compiled compiled,
      PhysicalPlan physical,
      Execution whole,
      int stop,
      String spec) {
    Path file = folder.resolve("journal");
    Map<String, String> run = Map.of("the plan", PlanDigest.of(compiled.plan(), physical));
    int packs = physical.packs().size();
    try (JournalFile journal = new JournalFile(file, JournalFile.Mode.RESTART)) {
      Journal open = journal.open(run, packs);
      if (stop == packs) {
        run(bench, compiled, physical, open, Progress.NONE);
      } else {
        assertThrows(
            ExecutionStopped.class,
            () -> run(bench, compiled, physical, open, new StopAfter(stop)));
        assertTrue(Thread.interrupted());
      }
      assertEquals(stop, journal.finished());
    }
    try (JournalFile journal = new JournalFile(file, JournalFile.Mode.RESUME)) {
      Journal open = journal.open(run, packs);
      assertEquals(stop, journal.resumed());
      Execution resumed = run(bench, compiled, physical, open, Progress.NONE);
      SameBits.assertSame(whole, resumed, "after " + stop + " of " + packs + " packs of\n" + spec);
      journal.delete();
    }
  }

  private static Execution run(
      Bench bench, Compiled compiled, PhysicalPlan physical, Journal journal, Progress progress) {
    var model = bench.model();
    return PackedExecutor.execute(
        compiled.plan(), physical, model.manager(), model.decoder(), progress, journal);
  }
}
