package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.intervene.digest.SpecDigest;
import org.intervene.execute.Progress;
import org.intervene.experiment.Experiment;
import org.intervene.experiment.Options;
import org.intervene.lock.Pins;
import org.intervene.result.ResultDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Digests are those that {@code tests/reference/digests.py} computes, without any of this project's
 * code, of the committed spec, model and result.
 */
class DigestsTest {
  private static final Path FOLDER = Path.of("src/test/resources/digests");

  private static JsonNode expected() throws IOException {
    return new ObjectMapper().readTree(FOLDER.resolve("expected.json").toFile());
  }

  @ParameterizedTest
  @ValueSource(strings = {"spec.yaml", "spec.ivn"})
  void areThoseOfAnotherProgram(String file) throws IOException {
    Experiment experiment = Experiment.read(FOLDER.resolve(file));
    Pins pins = experiment.pins();
    assertEquals(expected().get("spec").asText(), SpecDigest.of(experiment.spec()));
    assertEquals(expected().get("work").asText(), SpecDigest.ofWork(experiment.spec()));
    assertEquals(expected().get("model").asText(), pins.model().digest());
    assertEquals(2, pins.data().size());
    pins.data()
        .forEach(
            (name, pin) -> {
              assertEquals(text("/data/" + name), pin.digest(), name);
            });
  }

  private static String text(String path) {
    try {
      return expected().at(path).asText();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aResultHasTheDigestOfItsFiles() {
    Options oneThread =
        new Options(
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.of(1),
            Options.Strategy.OPTIMISED,
            Options.defaults().memory());
    String digest =
        ResultDigest.of(
            Experiment.read(FOLDER.resolve("spec.ivn")).run(oneThread, Progress.NONE, note -> {}));
    assertEquals(text("/result"), digest);
    assertEquals(text("/result"), digestIn("result/result.json"));
  }

  private static String digestIn(String file) {
    try {
      return new ObjectMapper().readTree(FOLDER.resolve(file).toFile()).get("digest").asText();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
