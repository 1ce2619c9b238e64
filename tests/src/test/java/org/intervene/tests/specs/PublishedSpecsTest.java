package org.intervene.tests.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.intervene.experiment.Experiment;
import org.intervene.experiment.Options.Strategy;
import org.intervene.metric.Expectation;
import org.intervene.metric.LabelledArray;
import org.intervene.print.Printer;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;
import org.intervene.result.Result;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every published spec holds what it expects, on the embedded model, whichever way it is run. */
class PublishedSpecsTest {
  private static final double TOLERANCE = 1e-4;

  private static Stream<DynamicTest> each(Stream<Path> specs, Consumer<Path> test) {
    return specs.map(
        spec ->
            DynamicTest.dynamicTest(
                Published.ROOT.relativize(spec).toString(), () -> test.accept(spec)));
  }

  private static boolean isYaml(Path spec) {
    return spec.toString().endsWith(".yaml");
  }

  @Test
  void thereAreSome() {
    assertTrue(Published.in("specs").size() >= 6);
    assertTrue(Published.in("examples").size() >= 6);
  }

  @TestFactory
  Stream<DynamicTest> holdsWhatItExpects() {
    Stream<Path> dsl = Published.specs().stream().filter(spec -> !isYaml(spec));
    return each(dsl, PublishedSpecsTest::holds);
  }

  private static void holds(Path spec) {
    Result optimised = Published.run(spec, Strategy.OPTIMISED);
    Result naive = Published.run(spec, Strategy.NAIVE);
    assertFalse(optimised.expectations().isEmpty(), "it expects nothing");
    assertEquals(List.of(), failed(optimised));
    assertEquals(List.of(), failed(naive));
    for (int t = 0; t < naive.tables().size(); t++) {
      String name = naive.tables().get(t).run() + "." + naive.tables().get(t).metric();
      assertNear(naive.tables().get(t).values(), optimised.tables().get(t).values(), name);
    }
  }

  private static List<String> failed(Result result) {
    return result.expectations().stream()
        .filter(e -> !e.passed())
        .map((Expectation e) -> e.text() + ", seen " + e.seen())
        .toList();
  }

  private static void assertNear(LabelledArray wanted, LabelledArray found, String name) {
    assertEquals(wanted.axes(), found.axes(), name);
    for (int i = 0; i < wanted.size(); i++) {
      double tolerance = TOLERANCE * Math.max(1, Math.abs(wanted.at(i)));
      assertEquals(wanted.at(i), found.at(i), tolerance, name + " entry " + i);
    }
  }

  @TestFactory
  Stream<DynamicTest> saysTheSameInBothNotations() {
    return each(
        Published.specs().stream().filter(PublishedSpecsTest::isYaml),
        PublishedSpecsTest::saysTheSame);
  }

  private static void saysTheSame(Path yaml) {
    Path dsl = Published.inDsl(yaml);
    assertEquals(Experiment.read(dsl).spec(), Experiment.read(yaml).spec());
    assertEquals(
        Published.run(dsl, Strategy.OPTIMISED).tables(),
        Published.run(yaml, Strategy.OPTIMISED).tables());
  }

  @TestFactory
  Stream<DynamicTest> examplesAreInBothNotations() {
    return each(
        Published.in("examples").stream().filter(spec -> !isYaml(spec)),
        spec ->
            assertTrue(
                Files.exists(Path.of(spec.toString().replaceFirst("ivn$", "yaml"))),
                "there is no YAML twin"));
  }

  @TestFactory
  Stream<DynamicTest> isLaidOutAsFmtDoes() {
    return each(
        Published.specs().stream(),
        spec -> {
          Reading reading = SpecReader.read(spec);
          String printed =
              isYaml(spec)
                  ? Printer.yaml(reading.spec().orElseThrow(), reading.comments())
                  : Printer.dsl(reading.spec().orElseThrow(), reading.comments());
          assertEquals(Published.text(spec), printed);
        });
  }
}
