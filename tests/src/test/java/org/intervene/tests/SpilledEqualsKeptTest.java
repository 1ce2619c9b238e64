package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.intervene.compile.Compiled;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.execute.ExecutionStopped;
import org.intervene.execute.PackedExecutor;
import org.intervene.execute.Progress;
import org.intervene.journal.Journal;
import org.intervene.journal.JournalFile;
import org.intervene.model.Dtype;
import org.intervene.optimise.Exactness;
import org.intervene.optimise.Optimiser;
import org.intervene.optimise.PhysicalPlan;
import org.intervene.optimise.Residence;
import org.intervene.optimise.Spilling;
import org.intervene.plan.Execution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A plan that keeps values in a file has the bits of one that keeps them in memory. */
class SpilledEqualsKeptTest {
  private static final String EVERYTHING =
      """
      experiment "everything"
      model "fixture"
      vector mean = mean(resid_post[0] @ last over p.clean)
      data p pairs {
        clean [1, 2, 3, 4, 5, 6, 7] corrupt [1, 2, 9, 4, 5, 8, 7] { answer 7 }
        clean [5, 3, 3] corrupt [5, 4, 3] { answer 2 }
        clean [5, 3, 4] corrupt [5, 4, 3] { answer 1 }
      }
      run clean on p.clean
      run corrupt on p.corrupt { collect resid_post[all] @ last as stream }
      run patched on p.corrupt for layer in all, pos in all {
        patch resid_pre[layer] @ pos from clean
        collect z[1] as z
      }
      run heads on p.corrupt for layer in all { patch head_out[layer].head[0] from clean }
      run seen on p.corrupt for layer in all { patch pattern[layer].head[1] from clean }
      run averaged on p.corrupt for layer in all { mean mlp_out[layer] over p.clean by pos }
      run steered on p.clean for c in [1, 2] { steer resid_post[0] @ last by mean * c }
      run twice on p.clean for layer in all { patch resid_mid[layer] @ last from corrupt }
      metric l = logit(answer)
      metric moved = kl(clean)
      """;

  @TempDir Path scratch;

  @ParameterizedTest
  @EnumSource(names = "FLOAT16", mode = EnumSource.Mode.EXCLUDE)
  void forEverythingThatASpecCanAsk(Dtype dtype) throws IOException {
    try (Bench bench = new Bench("gpt2-plain", dtype)) {
      Compiled compiled = bench.compile(EVERYTHING);
      for (Exactness least : Exactness.values()) {
        for (long pack : new long[] {1, 20_000}) {
          PhysicalPlan physical = Optimiser.optimise(compiled.plan(), least, pack, dtype.bytes());
          assertTrue(holds(bench, compiled, physical, "packs of " + pack) > 0);
        }
      }
    }
  }

  @Test
  void batchesOfStrictPlansHaveTheSameBits() {
    try (Bench bench = new Bench("gpt2-plain", Dtype.FLOAT32)) {
      Compiled compiled = bench.compile(EVERYTHING);
      Execution whole =
          run(bench, compiled, strict(compiled, Long.MAX_VALUE), Journal.NONE, Progress.NONE);
      for (long batch : new long[] {1, 5_000, 20_000}) {
        Execution other =
            run(bench, compiled, strict(compiled, batch), Journal.NONE, Progress.NONE);
        SameBits.assertSame(whole, other, "in batches of " + batch);
      }
    }
  }

  private static PhysicalPlan strict(Compiled compiled, long batch) {
    return Optimiser.optimise(compiled.plan(), Exactness.BITWISE, 1, 4, batch);
  }

  @ParameterizedTest
  @CsvSource({"gpt2-plain", "llama-gqa", "bert-plain", "qwen3_moe-mixed"})
  void forRandomSpecs(String fixture) throws IOException {
    try (Bench bench = new Bench(fixture, Dtype.FLOAT32)) {
      int spilling = 0;
      for (long seed = 100; seed < 110; seed++) {
        var facts = bench.model().decoder().architecture().facts();
        String spec = new RandomExperiments(facts, seed).spec();
        Optional<Compiled> compiled = compiled(bench, spec);
        if (compiled.isPresent()) {
          PhysicalPlan physical =
              Optimiser.optimise(
                  compiled.get().plan(), Exactness.WITHIN_TOLERANCE, 1L << (seed % 24), 4, 1000);
          spilling += holds(bench, compiled.get(), physical, spec) > 0 ? 1 : 0;
        }
      }
      assertTrue(spilling > 2, "only " + spilling + " random specs had anything to spill");
    }
  }

  private static Optional<Compiled> compiled(Bench bench, String spec) {
    try {
      return Optional.of(bench.compile(spec));
    } catch (DiagnosticException e) {
      return Optional.empty(); // an edit that can never fire, say
    }
  }

  @Test
  void goesOnAfterItWasStopped() throws IOException {
    try (Bench bench = new Bench("gpt2-plain", Dtype.FLOAT32)) {
      Compiled compiled = bench.compile(EVERYTHING);
      PhysicalPlan physical =
          Optimiser.optimise(compiled.plan(), Exactness.WITHIN_TOLERANCE, 20_000, 4);
      Execution whole = run(bench, compiled, physical, Journal.NONE, Progress.NONE);
      PhysicalPlan spilling = Spilling.under(compiled.plan(), physical, 4, false, 0);
      for (int stop = 1; stop < physical.packs().size(); stop += 3) {
        stopped(bench, compiled, spilling, stop);
        try (JournalFile journal = journal(JournalFile.Mode.RESUME)) {
          Journal open = journal.open(Map.of(), physical.packs().size());
          Execution resumed = run(bench, compiled, spilling, open, Progress.NONE);
          SameBits.assertSame(whole, resumed, "after " + stop + " packs");
          journal.delete();
        }
      }
    }
  }

  private void stopped(Bench bench, Compiled compiled, PhysicalPlan physical, int packs)
      throws IOException {
    try (JournalFile journal = journal(JournalFile.Mode.RESTART)) {
      Journal open = journal.open(Map.of(), physical.packs().size());
      StopAfter stop = new StopAfter(packs);
      assertThrows(ExecutionStopped.class, () -> run(bench, compiled, physical, open, stop));
      assertTrue(Thread.interrupted());
      assertEquals(packs, journal.finished());
      assertEmpty();
    }
  }

  private JournalFile journal(JournalFile.Mode mode) throws IOException {
    Path folder = Files.createDirectories(scratch.resolveSibling(scratch.getFileName() + "-j"));
    return new JournalFile(folder.resolve("journal"), mode);
  }

  /** Compares budgets from none to plenty; returns how many of them spilled. */
  private int holds(Bench bench, Compiled compiled, PhysicalPlan physical, String place)
      throws IOException {
    int bytes = bench.model().decoder().dtype().bytes();
    long all = Residence.of(compiled.plan(), physical, bytes, false).peak();
    Execution whole = run(bench, compiled, physical, Journal.NONE, Progress.NONE);
    int spilled = 0;
    for (long most : new long[] {0, all * 3 / 4, all - 1}) {
      PhysicalPlan spilling = Spilling.under(compiled.plan(), physical, bytes, false, most);
      Execution other = run(bench, compiled, spilling, Journal.NONE, Progress.NONE);
      SameBits.assertSame(whole, other, "with " + most + " bytes, " + place);
      assertEmpty();
      spilled += spilling.spilled().isEmpty() ? 0 : 1;
    }
    return spilled;
  }

  private void assertEmpty() throws IOException {
    try (Stream<Path> left = Files.list(scratch)) {
      assertEquals(0, left.count(), "files are left in the folder for them");
    }
  }

  private Execution run(
      Bench bench, Compiled compiled, PhysicalPlan physical, Journal journal, Progress progress) {
    var model = bench.model();
    return PackedExecutor.execute(
        compiled.plan(), physical, model.manager(), model.decoder(), progress, journal, scratch);
  }
}
