package org.intervene.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.intervene.engine.weights.Products;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark's own code, on a model so small that nothing is worth measuring. */
class BenchTest {
  private static final RandomGpt2 TINY = new RandomGpt2(2, 32, 2, 64, 16);

  private static final int BUDGET = 1024;

  @TempDir Path folder;

  private Settings settings() {
    List<String> own = ToolProcess.own().command();
    List<String> launcher = new ArrayList<>(own.subList(0, own.size() - 1));
    launcher.add("org.intervene.cli.Main");
    return new Settings(
        Path.of("../.."), launcher, TINY, folder, Optional.empty(), 1, 1, BUDGET, true);
  }

  @Test
  void comparesWithTheNaivePlan() throws IOException {
    Section section = new Tools(settings()).section();
    assertEquals(1, section.rows().size(), section.markdown());
    assertEquals(Own.NAIVE, section.rows().get(0).get(1));
  }

  @Test
  void growthComparesASampleWithTheNaivePlan() throws IOException {
    Growth growth = new Growth(settings(), List.of(new Growth.Case(2, 3, 16)));
    List<String> row = growth.section().rows().get(0);
    assertEquals(List.of("2", "3", "16", "96"), row.subList(0, 4));
    assertEquals("13", row.get(8), "passes of the sample");
  }

  @Test
  void everyNanosecondIsSomewhere() throws IOException {
    Section section = new Breakdown(settings()).section();
    assertEquals(Profile.Kind.values().length + 1, section.rows().size(), section.markdown());
    CallCost empty = CallCost.measured();
    try (Own own = new Own(TINY.in(folder), 1, Products.PACKED)) {
      String spec = Sweeps.residual(new Prompts(TINY.vocabulary()).different(1, 15));
      Profile profile = Profile.of(() -> own.planned("sweep", spec), 1);
      double sum =
          Arrays.stream(Profile.Kind.values()).mapToDouble(k -> profile.seconds(k, empty)).sum();
      assertEquals(profile.total(), sum, 1e-6);
      assertTrue(profile.productRate() > 0);
    }
  }

  @Test
  void runsPacksAtOnce() throws IOException {
    assertEquals(2, new AtOnce(settings()).section().rows().size());
  }

  @Test
  void aHundredLinesAreAHundredLines() {
    assertEquals(100, Launches.hundredLines().lines().count());
  }

  @Test
  void startsTheCommand() throws IOException {
    assertEquals(4, new Launches(settings()).section().rows().size());
  }

  @Test
  void readsPeaks() throws IOException {
    List<List<String>> rows = new Memory(settings()).section().rows();
    assertTrue(rows.get(1).get(2).endsWith("MiB"), rows.toString());
  }

  @Test
  void noTimesAreShownForDifferentNumbers() {
    Timing ours = new Timing("t", Own.PLANNED, new double[] {1}, List.of(new double[] {1}), 0);
    Timing theirs = new Timing("t", "other", new double[] {2}, List.of(new double[] {1.5}), 0);
    List<String> row = new Comparison("work", ours, theirs, 2).row();
    assertEquals(List.of("–", "–", "results differ by 0.5"), row.subList(2, 5));
  }

  @Test
  void turnsAreOneTiming() {
    Timing first = new Timing("t", "a", new double[] {1, 9}, List.of(new double[] {3}), 7);
    Timing other = new Timing("t", "b", new double[] {4}, List.of(new double[] {3}), 0);
    Timing second = new Timing("t", "a", new double[] {2}, List.of(new double[] {3}), 8);
    List<Timing> joined = Timing.joined(List.of(first, other, second));
    assertEquals(List.of("a", "b"), joined.stream().map(Timing::tool).toList());
    assertEquals(2, joined.get(0).median());
    assertEquals(8, joined.get(0).peak());
    Timing wrong = new Timing("t", "a", new double[] {2}, List.of(new double[] {5}), 8);
    assertThrows(IllegalStateException.class, () -> Timing.joined(List.of(first, wrong)));
  }

  @Test
  void aPageSaysWhatItWasMeasuredWith() {
    Section section =
        new Section("Title", "Text.\n", List.of("a", "b"), List.of(List.of("1", "2")));
    String text = new Page(settings(), "tests/bench/run --quick", List.of(section)).text();
    assertTrue(text.contains("Written by `tests/bench/run --quick`"), text);
    assertTrue(text.endsWith("## Title\n\nText.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"), text);
  }
}
