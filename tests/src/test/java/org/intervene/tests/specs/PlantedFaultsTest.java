package org.intervene.tests.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.intervene.compile.Compiled;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.engine.source.ModelSource;
import org.intervene.execute.Progress;
import org.intervene.experiment.Experiment;
import org.intervene.experiment.Options;
import org.intervene.golden.GoldenFile;
import org.intervene.lock.Lock;
import org.intervene.metric.CellValues;
import org.intervene.metric.MetricTables;
import org.intervene.plan.Execution;
import org.intervene.print.Printer;
import org.intervene.replay.Replay;
import org.intervene.replay.Replayed;
import org.intervene.replay.Runner;
import org.intervene.result.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of the kind that stay unseen for months, planted one by one: every replay catches its own.
 * The lock sees what a spec is run on, to the last bit; where somebody locks the fault anew, the
 * golden result still sees what it does to the numbers.
 */
class PlantedFaultsTest {
  private static final String SPEC =
      """
      experiment "fault"
      model "model"
      data facts file "rows.jsonl"
      run clean on facts.clean
      run corrupt on facts.corrupt
      run patched on facts.corrupt for layer in all { patch resid_pre[layer] @ last from clean }
      metric ld = logit(answer) - logit(foil)
      metric restored = (ld - corrupt.ld) / (clean.ld - corrupt.ld)
      golden by example within 1e-3
      """;
  private static final String ROW =
      "{\"clean\": \"The %s is in\", \"corrupt\": \"The %s is in\", \"answer\": \" %s\", \"foil\": \" %s\"}";
  private static final List<String> ROWS =
      List.of(
          ROW.formatted("Eiffel Tower", "Colosseum", "Paris", "Rome"),
          ROW.formatted("Taj Mahal", "Red Square", "Agra", "Moscow"));
  private static final Options ONE_THREAD =
      new Options(
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.of(1),
          Options.Strategy.OPTIMISED,
          OptionalLong.empty());

  @TempDir Path folder;
  private Path spec;
  private Path model;

  @BeforeEach
  void publish() throws IOException {
    spec = Files.writeString(folder.resolve("fault.ivn"), SPEC);
    Files.write(folder.resolve("rows.jsonl"), ROWS);
    model = Files.createDirectory(folder.resolve("model"));
    Path primer = ModelSource.resolve("builtin:primer", folder).path();
    try (Stream<Path> files = Files.list(primer)) {
      for (Path file : files.toList()) {
        Files.copy(file, model.resolve(file.getFileName()));
      }
    }
    relock();
    Replayed first = new Replay(engine(), ONE_THREAD, true).run(spec);
    GoldenFile.of(spec).write(first.seen().orElseThrow());
    assertTrue(replay().passed(), replay().summary());
  }

  private void relock() {
    Lock.forgetting(spec).relock(Experiment.read(spec).pins());
  }

  private static Runner engine() {
    return (reading, options, gate) ->
        Experiment.of(reading, Path.of(reading.source().name()).getParent())
            .run(options, Progress.NONE, note -> {}, gate);
  }

  private Replayed replay() {
    return new Replay(engine(), ONE_THREAD, false).run(spec);
  }

  private static List<String> ids(Replayed replayed) {
    assertFalse(replayed.passed());
    return replayed.errors().stream().map(Diagnostic::id).toList();
  }

  /** What moved first, of a replay that could be run. */
  private static String firstMoved(Replayed replayed) {
    assertEquals(List.of(), replayed.errors());
    assertFalse(replayed.passed());
    return replayed.comparison().orElseThrow().first().orElseThrow();
  }

  @Test
  void aWeightChangedInItsLastBit() throws IOException {
    Path weights = model.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 4] ^= 1; // little-endian: the lowest bit of the last number
    Files.write(weights, bytes);
    assertEquals(List.of("lock.model"), ids(replay()));
    assertTrue(replay().errors().get(0).message().startsWith("model.safetensors was sha256:"));
  }

  @Test
  void aTokenizerThatAddsABos() throws IOException {
    Path config = model.resolve("tokenizer_config.json");
    SpecCopy.replaceIn(
        config,
        "\"eos_token\"",
        "\"add_bos_token\" : true, \"bos_token\" : \"<|endoftext|>\", \"eos_token\"");
    assertEquals(List.of("lock.tokenizer", "lock.tokenizer"), ids(replay()));
    assertEquals("bos was none and is <|endoftext|>", replay().errors().get(0).message());
    relock();
    assertEquals("clean.ld", firstMoved(replay()));
  }

  @Test
  void aDataRowReordered() throws IOException {
    List<String> rows = new ArrayList<>(ROWS);
    Collections.reverse(rows);
    Files.write(folder.resolve("rows.jsonl"), rows);
    assertEquals(List.of("lock.data"), ids(replay()));
    relock();
    assertEquals("clean.ld", firstMoved(replay()));
  }

  @Test
  void aMetricsSign() throws IOException {
    SpecCopy.replaceIn(spec, "logit(answer) - logit(foil)", "logit(foil) - logit(answer)");
    Replayed replayed = replay();
    assertEquals("clean.ld", firstMoved(replayed));
    assertTrue(replayed.comparison().orElseThrow().stale().isPresent());
    assertTrue(
        replayed.comparison().orElseThrow().moved().stream()
            .noneMatch(m -> m.place().contains(".restored")),
        "a share does not depend on the sign of what it is a share of");
  }

  @Test
  void aGoldenResultEditedByHand() throws IOException {
    Path golden = GoldenFile.of(spec).path();
    String text = Files.readString(golden);
    String number = text.replaceFirst("(?s).*?\"values\" : \\[ (-?\\d+\\.\\d+).*", "$1");
    SpecCopy.replaceIn(golden, number, "7.5");
    assertEquals(List.of("golden.edited"), ids(replay()));
    Files.writeString(golden, text);
    new SpecCopy(spec).move(0.01); // sealed again, by somebody who knows how
    assertEquals("clean.ld", firstMoved(replay()));
    assertEquals(1, replay().comparison().orElseThrow().moved().size());
  }

  @Test
  void anEngineThatReturnsStaleActivations() {
    Runner stale =
        (reading, options, gate) -> {
          Experiment experiment = Experiment.of(reading, folder);
          Result honest = experiment.run(options, Progress.NONE, note -> {}, gate);
          return withReads(honest, experiment.check(options), stale(honest.execution().reads()));
        };
    assertEquals("clean.ld", firstMoved(new Replay(stale, ONE_THREAD, false).run(spec)));
  }

  /** Every forward pass gives what the one before it left behind. */
  private static double[][] stale(double[][] reads) {
    double[][] stale = reads.clone();
    System.arraycopy(reads, 0, stale, 1, reads.length - 1);
    return stale;
  }

  private static Result withReads(Result result, Compiled compiled, double[][] reads) {
    Execution execution = new Execution(reads, result.execution().collected());
    MetricTables tables =
        new MetricTables(
            result.spec(),
            result.plan(),
            compiled.checked().symbols().parameters(),
            compiled.columns(),
            CellValues.of(execution));
    return Result.of(
        result.spec(),
        result.plan(),
        execution,
        tables,
        Printer::line,
        result.provenance(),
        result.labels(),
        result.notes());
  }
}
