package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.intervene.diagnostic.SourceText;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.execute.Progress;
import org.intervene.experiment.Experiment;
import org.intervene.experiment.Options;
import org.intervene.experiment.Options.Strategy;
import org.intervene.model.ModelFacts;
import org.intervene.model.directory.ModelDirectory;
import org.intervene.plan.Execution.CollectKey;
import org.intervene.plan.PlannedRun;
import org.intervene.pyvene.PyveneImport;
import org.intervene.read.Notation;
import org.intervene.read.SpecReader;
import org.intervene.result.Result;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Directories that pyvene saved become specs that compute what pyvene computed. */
class PyveneTest {
  private static final Path CASES = Path.of("src/test/resources/pyvene");

  @TempDir Path folder;

  @BeforeAll
  static void oneThread() {
    TorchRuntime.start().threads(1);
  }

  static Stream<String> cases() throws IOException {
    try (Stream<Path> all = Files.list(CASES)) {
      return all
          .filter(c -> Files.exists(c.resolve("expected.safetensors")))
          .map(c -> c.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  /** The model that a case was saved for. */
  static Path model(String name) throws IOException {
    String fixture = Files.readString(CASES.resolve(name).resolve("fixture.txt")).strip();
    return Bench.CONFORMANCE.resolve(fixture).toAbsolutePath();
  }

  static PyveneImport imported(String name) throws IOException {
    ModelFacts facts = ModelDirectory.describe(model(name)).architecture().facts();
    Path saved = CASES.resolve(name);
    Optional<Path> call = Optional.of(saved.resolve("call.json")).filter(Files::exists);
    return PyveneImport.of(
        new PyveneImport.Request(saved, call, model(name).toString(), facts, "spec.safetensors"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsPyvene(String name) throws IOException {
    PyveneImport imported = imported(name);
    Path spec = folder.resolve("spec.ivn");
    imported.write(spec, Notation.IVN, folder.resolve("spec.safetensors"));
    Experiment experiment = Experiment.read(spec);
    assertEquals(
        experiment.spec(),
        SpecReader.read(SourceText.of("s", imported.in(Notation.YAML)), Notation.YAML)
            .spec()
            .orElseThrow());
    ReferenceTensors expected =
        ReferenceTensors.read(CASES.resolve(name).resolve("expected.safetensors"));
    for (Strategy strategy : Strategy.values()) {
      Result result = experiment.run(options(strategy), Progress.NONE, note -> {});
      check(result, "logits", expected.get("logits"));
      for (int i = 0; expected.has("collected/" + i); i++) {
        int entry = (int) expected.get("collected/" + i + "/entry")[0];
        check(result, "collected_" + entry, expected.get("collected/" + i));
      }
    }
  }

  private static Options options(Strategy strategy) {
    return new Options(
        Map.of(),
        Optional.of("cpu"),
        Optional.of("float64"),
        OptionalInt.empty(),
        strategy,
        OptionalLong.empty());
  }

  /** What the runs on the base collected, example after example. */
  private static void check(Result result, String name, double[] expected) {
    int next = 0;
    for (PlannedRun run : result.plan().runs()) {
      if (!run.name().startsWith("intervened")) {
        continue;
      }
      for (int cell : run.cells()) {
        byte[] bytes = result.execution().collected().get(new CollectKey(cell, name)).bytes();
        DoubleBuffer values =
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
        while (values.hasRemaining()) {
          assertEquals(expected[next], values.get(), 1e-9, name + " element " + next);
          next++;
        }
      }
    }
    assertEquals(expected.length, next);
  }
}
