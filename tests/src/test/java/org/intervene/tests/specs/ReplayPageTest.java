package org.intervene.tests.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.intervene.ast.GoldenClause;
import org.intervene.ast.GoldenClause.Tolerance;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Span;
import org.intervene.digest.Sha256;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.execute.Progress;
import org.intervene.experiment.Experiment;
import org.intervene.experiment.Options;
import org.intervene.golden.Comparison;
import org.intervene.golden.Golden;
import org.intervene.golden.GoldenFile;
import org.intervene.golden.Made;
import org.intervene.golden.Tolerances;
import org.intervene.metric.LabelledArray;
import org.intervene.replay.Replay;
import org.intervene.replay.Replayed;
import org.intervene.result.MetricsCsv;
import org.intervene.result.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How far a replay moves with threads, memory and JDK: the table of {@code docs/replay.md}. {@code
 * -Dgolden.update=true} writes the rows of the JDK that runs it, and fails.
 */
class ReplayPageTest {
  private static final Path PAGE = Published.ROOT.resolve("docs/replay.md");
  private static final Path SPEC = Path.of("src/test/resources/replay/heads.ivn");
  private static final String HEAD = "| JDK | threads | memory |";
  private static final double ALLOWED = 1e-4;
  private static final int COLUMNS = 6;

  /**
   * One line of the table.
   *
   * @param golden the largest difference from the golden result
   * @param strict the largest difference of a strict plan from that of the first line
   * @param digest of all metrics of a strict plan
   */
  private record Row(
      String jdk, int threads, int memory, double golden, double strict, String digest) {
    String text() {
      return String.format(
          Locale.ROOT,
          "| %s | %d | %dM | %s | %s | `%s` |",
          jdk,
          threads,
          memory,
          brief(golden),
          brief(strict),
          digest);
    }

    private static String brief(double x) {
      return x == 0 ? "0" : String.format(Locale.ROOT, "%.1e", x);
    }

    static Row of(String line) {
      String[] parts = line.replaceAll("^\\| | \\|$", "").split(" \\| ");
      assertEquals(COLUMNS, parts.length, line);
      return new Row(
          parts[0],
          Integer.parseInt(parts[1]),
          Integer.parseInt(parts[2].replace("M", "")),
          Double.parseDouble(parts[3]),
          Double.parseDouble(parts[4]),
          parts[5].replace("`", ""));
    }

    int feature() {
      return Runtime.Version.parse(jdk).feature();
    }
  }

  @AfterEach
  void oneThread() {
    TorchRuntime.start().threads(1);
  }

  @Test
  void threadsAndMemoryMoveNothingThatMatters() throws IOException {
    List<Row> rows = measured();
    if (Boolean.getBoolean("golden.update")) {
      write(rows);
      fail("docs/replay.md was written; read it before you commit it");
    }
    rows.forEach(ReplayPageTest::check);
    assertEquals(1, rows.stream().map(Row::digest).distinct().count(), rows.toString());
  }

  @Test
  void itsSpecIsLockedAndPinned() {
    Replayed replayed = Replay.of(Options.defaults()).run(SPEC);
    assertTrue(replayed.passed(), replayed.summary());
  }

  @Test
  void thePageHasBothJdksAndTheirBitsAreTheSame() {
    List<Row> rows = onPage().map(Row::of).toList();
    assertEquals(12, rows.size());
    assertEquals(List.of(17, 25), rows.stream().map(Row::feature).distinct().toList());
    rows.forEach(ReplayPageTest::check);
    assertEquals(1, rows.stream().map(Row::digest).distinct().count(), rows.toString());
  }

  private static void check(Row row) {
    assertTrue(row.golden() <= ALLOWED, row.text());
    assertEquals(0, row.strict(), row.text());
  }

  private static List<Row> measured() {
    List<Row> rows = new ArrayList<>();
    Golden golden = GoldenFile.of(SPEC).read().orElseThrow();
    Result firstStrict = null;
    for (int threads : new int[] {1, 2}) {
      for (int memory : new int[] {330, 360, 1000}) {
        Result result = run(threads, memory, Options.Strategy.OPTIMISED);
        Result strict = run(threads, memory, Options.Strategy.STRICT);
        firstStrict = firstStrict == null ? strict : firstStrict;
        rows.add(
            new Row(
                System.getProperty("java.version"),
                threads,
                memory,
                difference(golden, result),
                difference(firstStrict, strict),
                Sha256.of(MetricsCsv.of(strict.tables())).substring(7, 19)));
      }
    }
    return rows;
  }

  private static Result run(int threads, int memory, Options.Strategy strategy) {
    Options options =
        new Options(
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.of(threads),
            strategy,
            OptionalLong.of((long) memory << 20));
    return Experiment.read(SPEC).run(options, Progress.NONE, note -> {});
  }

  /** In units of 1, the largest difference that is within a tolerance of 1. */
  private static double difference(Golden golden, Result result) {
    GoldenClause clause =
        new GoldenClause(
            Span.NONE,
            Optional.of(new Word(Span.NONE, GoldenClause.EXAMPLE)),
            List.of(new Tolerance(Span.NONE, Optional.empty(), 1, false)));
    Golden seen = Golden.of(result.spec(), clause, result, Made.of(result.provenance(), 1));
    Comparison comparison = Comparison.of(golden, seen, new Tolerances(clause));
    assertTrue(comparison.holds(), comparison.toString());
    return comparison.largest();
  }

  private static double difference(Result one, Result other) {
    double largest = 0;
    for (int t = 0; t < one.tables().size(); t++) {
      LabelledArray a = one.tables().get(t).values();
      LabelledArray b = other.tables().get(t).values();
      for (int i = 0; i < a.size(); i++) {
        largest = Math.max(largest, Math.abs(a.at(i) - b.at(i)));
      }
    }
    return largest;
  }

  private static Stream<String> onPage() {
    return Published.text(PAGE).lines().filter(line -> line.matches("\\| \\d+\\.\\d+.* \\|"));
  }

  /** Rows of other JDKs stay. */
  private static void write(List<Row> rows) throws IOException {
    int own = rows.get(0).feature();
    List<Row> all = new ArrayList<>(rows);
    onPage().map(Row::of).filter(row -> row.feature() != own).forEach(all::add);
    all.sort(Comparator.comparingInt(Row::feature));
    List<String> page = new ArrayList<>(Arrays.asList(Published.text(PAGE).split("\n")));
    page.removeAll(onPage().toList());
    int head = 0;
    while (!page.get(head).startsWith(HEAD)) {
      head++;
    }
    page.addAll(head + 2, all.stream().map(Row::text).toList());
    Files.writeString(PAGE, String.join("\n", page) + "\n");
  }
}
