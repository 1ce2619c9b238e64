package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.intervene.model.Dtype;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The {@link Law} for random specs on tiny models of every family, decoders and encoders. {@code
 * -Dlaw.cases=N} sets the number of specs a model, {@code -Dlaw.seed=N} the first seed.
 *
 * <p>A spec that breaks the law is made small and put into {@code tests/target/law}. Those that
 * once broke it are kept in {@code src/test/resources/law}, named {@code MODEL.WHAT.ivn}.
 */
class NaiveEqualsOptimisedTest {
  private static final int CASES = Integer.getInteger("law.cases", 18);
  private static final long SEED = Long.getLong("law.seed", 1);
  private static final Path KEPT = Path.of("src/test/resources/law");

  @TestFactory
  Stream<DynamicTest> onEveryFamily() throws IOException {
    List<String> models = models();
    assertTrue(models.contains("gpt2-plain") && models.contains("bert-plain"));
    return models.stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> holds(name, Dtype.FLOAT64, CASES)));
  }

  @TestFactory
  Stream<DynamicTest> inSinglePrecision() throws IOException {
    return models().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> holds(name, Dtype.FLOAT32, CASES / 4)));
  }

  @TestFactory
  Stream<DynamicTest> whereItOnceBroke() throws IOException {
    try (Stream<Path> kept = Files.list(KEPT)) {
      return kept.sorted().toList().stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> kept(file)));
    }
  }

  private static List<String> models() throws IOException {
    try (Stream<Path> fixtures = Files.list(Bench.CONFORMANCE)) {
      return fixtures
          .filter(Files::isDirectory)
          .map(p -> p.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static void kept(Path file) throws IOException {
    String model = file.getFileName().toString().split("\\.", -1)[0];
    String spec = Files.readString(file);
    for (Dtype dtype : List.of(Dtype.FLOAT64, Dtype.FLOAT32)) {
      try (Bench bench = new Bench(model, dtype)) {
        assertEquals(Optional.empty(), Law.in(dtype, bench).broken(spec), dtype + "\n" + spec);
      }
    }
  }

  private static void holds(String fixture, Dtype dtype, int cases) throws IOException {
    try (Bench bench = new Bench(fixture, dtype)) {
      Law law = Law.in(dtype, bench);
      int applied = 0;
      for (long seed = SEED; seed < SEED + cases; seed++) {
        String spec =
            new RandomExperiments(bench.model().decoder().architecture().facts(), seed).spec();
        if (law.applies(spec)) {
          applied++;
          if (law.broken(spec).isPresent() && !isIllConditioned(law, fixture, dtype, spec)) {
            report(law, spec, fixture + ".seed-" + seed + ".ivn");
          }
        }
      }
      assertTrue(applied >= cases / 3, "only " + applied + " random specs made sense");
    }
  }

  private static boolean isIllConditioned(Law law, String fixture, Dtype dtype, String spec) {
    if (dtype == Dtype.FLOAT64) {
      return false;
    }
    try (Bench exact = new Bench(fixture, Dtype.FLOAT64)) {
      return law.isIllConditioned(spec, exact);
    }
  }

  private static void report(Law law, String spec, String name) throws IOException {
    String small =
        Shrinking.smallest(spec, text -> law.applies(text) && law.broken(text).isPresent());
    Path file = Files.createDirectories(Path.of("target/law")).resolve(name);
    Files.writeString(file, small);
    fail(file + ": " + law.broken(small).orElse("") + "\n" + small);
  }
}
