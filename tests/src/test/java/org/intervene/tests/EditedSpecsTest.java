package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.intervene.compile.Compiled;
import org.intervene.model.Dtype;
import org.intervene.plan.Execution;
import org.intervene.plan.PlannedRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The zeroes, patches and steers of the conformance fixtures, written in the language and carried
 * out by both plans: every family's logits under them are those that transformers computed with
 * plain torch hooks. In encoders they are read at the masked positions.
 */
class EditedSpecsTest {
  private static final int[] TOKENS = {3, 17, 30};

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(Bench.CONFORMANCE)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalTransformers(Path folder) throws IOException {
    JsonNode fixture = new ObjectMapper().readTree(folder.resolve("case.json").toFile());
    ReferenceTensors expected = ReferenceTensors.read(folder.resolve("expected.safetensors"));
    List<String> names = new ArrayList<>();
    fixture.path("edits").fieldNames().forEachRemaining(names::add);
    int[] positions = positions(fixture, expected);
    try (Bench bench = new Bench(folder.getFileName().toString(), Dtype.FLOAT64)) {
      Compiled compiled = bench.compile(spec(folder, fixture, expected, names, positions));
      for (Execution run : List.of(bench.naive(compiled), bench.packed(compiled, 1L << 28))) {
        for (int e = 0; e < names.size(); e++) {
          double[] logits = expected.get("edit/" + names.get(e) + "/logits");
          check(compiled, run, "e" + e, logits, positions, names.get(e));
        }
      }
    }
  }

  /** The masked positions of an encoder's prompt; else its first and last but one, and its last. */
  private static int[] positions(JsonNode fixture, ReferenceTensors expected) {
    JsonNode masked = fixture.path("masked_positions").path("a");
    int length = expected.get("tokens/a").length;
    return masked.isArray()
        ? Stream.iterate(0, i -> i < masked.size(), i -> i + 1)
            .mapToInt(i -> masked.get(i).intValue())
            .toArray()
        : new int[] {1, length - 2, length - 1};
  }

  private static String spec(
      Path folder,
      JsonNode fixture,
      ReferenceTensors expected,
      List<String> names,
      int[] positions) {
    StringBuilder spec = new StringBuilder("experiment \"edits\"\nmodel \"fixture\"\n");
    spec.append(
        "data d rows { a %s b %s }\nrun a on d.a\nrun b on d.b\n"
            .formatted(expected.ids("tokens/a"), expected.ids("tokens/b")));
    List<String> vectors = new ArrayList<>(List.of("stream", "head"));
    if (expected.has("vector/experts")) {
      vectors.add("experts");
    }
    for (String vector : vectors) {
      spec.append("vector %s = file \"%s#vector/%s\"\n".formatted(vector, file(folder), vector));
    }
    for (int e = 0; e < names.size(); e++) {
      JsonNode edit = fixture.path("edits").path(names.get(e));
      spec.append("run e%d on d.%s {\n".formatted(e, edit.path("on").asText()));
      edit.path("do").forEach(step -> spec.append("  " + step.path("text").asText() + "\n"));
      spec.append("}\n");
    }
    int metric = 0;
    for (int position : positions) {
      for (int token : TOKENS) {
        spec.append("metric m%d = logit(%d) @ %d\n".formatted(metric++, token, position));
      }
    }
    return spec.toString();
  }

  private static String file(Path folder) {
    return folder.resolve("expected.safetensors").toString().replace('\\', '/');
  }

  /**
   * Compares one run.
   *
   * @param logits [pos, vocab]
   */
  private static void check(
      Compiled compiled,
      Execution execution,
      String run,
      double[] logits,
      int[] positions,
      String what) {
    PlannedRun planned =
        compiled.plan().runs().stream().filter(r -> r.name().equals(run)).findFirst().orElseThrow();
    double[] reads = execution.reads()[planned.cells()[0]];
    int vocabulary = compiled.plan().model().vocabulary();
    for (int p = 0; p < positions.length; p++) {
      for (int t = 0; t < TOKENS.length; t++) {
        assertEquals(
            logits[positions[p] * vocabulary + TOKENS[t]],
            reads[p * TOKENS.length + t],
            1e-9,
            what + ": token " + TOKENS[t] + " at " + positions[p]);
      }
    }
  }
}
