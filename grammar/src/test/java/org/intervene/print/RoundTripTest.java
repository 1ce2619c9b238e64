package org.intervene.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.intervene.ast.Comments;
import org.intervene.ast.Spec;
import org.intervene.diagnostic.SourceText;
import org.intervene.generate.RandomSpecs;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;
import org.junit.jupiter.api.Test;

/** What is printed reads back as the same spec, in and between both notations. */
class RoundTripTest {
  private static final long SEEDS = 1_500;

  @Test
  void everySpecReadsBackEqualFromBothNotations() {
    LongStream.rangeClosed(1, SEEDS).forEach(RoundTripTest::check);
  }

  private static void check(long seed) {
    Spec spec = new RandomSpecs(seed).next();
    String dsl = Printer.dsl(spec, Comments.none());
    Spec fromDsl = read(seed, "spec.ivn", dsl);
    assertEquals(spec, fromDsl, () -> "seed " + seed + "\n" + dsl);
    String yaml = Printer.yaml(fromDsl, Comments.none());
    Spec fromYaml = read(seed, "spec.yaml", yaml);
    assertEquals(spec, fromYaml, () -> "seed " + seed + "\n" + yaml);
    assertEquals(dsl, Printer.dsl(fromYaml, Comments.none()), () -> "seed " + seed);
    assertEquals(yaml, Printer.yaml(fromYaml, Comments.none()), () -> "seed " + seed);
  }

  private static Spec read(long seed, String name, String text) {
    Reading reading = SpecReader.read(SourceText.of(name, text));
    return reading
        .spec()
        .orElseThrow(
            () -> new AssertionError("seed " + seed + " " + reading.diagnostics() + "\n" + text));
  }
}
