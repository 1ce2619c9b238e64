package org.intervene.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.intervene.model.Dtype;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loading needs at most a fifth more memory than the weights at the dtype of the run. */
class LoadingMemoryTest {
  private static final double MOST = 1.2;

  /** What the collector, the compiler and libtorch's allocator may move by on their own. */
  private static final long NOISE = 24L << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, FLOAT32",
    "BFLOAT16, FLOAT32",
    "FLOAT32, FLOAT64",
    "FLOAT32, BFLOAT16",
    "BFLOAT16, BFLOAT16"
  })
  void peaksNearTheWeightsThemselves(Dtype stored, Dtype wanted)
      throws IOException, InterruptedException {
    Path model = Files.createDirectory(folder.resolve("model"));
    SyntheticCheckpoint.write(model, stored);
    long[] seen = probe(model, wanted);
    long weights = SyntheticCheckpoint.parameters() * wanted.bytes();
    String said =
        "peak %.2f, anonymous %.2f of the weights"
            .formatted(seen[0] / (double) weights, seen[1] / (double) weights);
    assertTrue(seen[0] <= MOST * weights + NOISE, said);
    if (stored == wanted && wanted != Dtype.FLOAT32) {
      assertTrue(seen[1] <= 0.3 * weights + NOISE, "most weights are mapped, not copied: " + said);
    } else if (stored != wanted) {
      assertTrue(seen[1] >= 0.9 * weights, "the probe sees the weights: " + said);
    }
  }

  private long[] probe(Path model, Dtype wanted) throws IOException, InterruptedException {
    Path small = Path.of("../../tests/src/test/resources/conformance/llama-gqa");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-D") || argument.startsWith("--"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LoadingProbe.class.getName());
    command.addAll(List.of(model.toString(), wanted.spelled(), small.toString()));
    Path errors = folder.resolve("errors");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed + Files.readString(errors));
    String[] numbers = printed.strip().split(" ");
    return new long[] {Long.parseLong(numbers[0]), Long.parseLong(numbers[1])};
  }
}
