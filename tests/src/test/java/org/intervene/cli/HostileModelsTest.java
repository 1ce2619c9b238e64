package org.intervene.cli;

import static org.intervene.cli.VictimModel.CONFIG;
import static org.intervene.cli.VictimModel.INDEX;
import static org.intervene.cli.VictimModel.TOKENIZER;
import static org.intervene.cli.VictimModel.WEIGHTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Model directories that are damaged, incomplete or malicious, each through {@code intervene run}:
 * one error with its cure, and no trace of the program. {@code hostile/NAME.txt} holds the status
 * and what is printed; {@code -Dgolden.update=true} writes it anew and fails that run.
 */
class HostileModelsTest {
  private static final Path EXPECTED = Path.of("src/test/resources/hostile");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  /** No damage may make the program wait for ever. */
  private static final Duration ENDLESS = Duration.ofMinutes(2);

  private static final String SPEC =
      """
      experiment "hostile"
      model "model"
      data facts rows { text "the capital of France is" answer "Paris" }
      run clean on facts.text
      metric l = logit(answer)
      """;

  private static final String FIRST = "transformer.h.0.attn.c_attn.bias";

  /** An old checkpoint's causal mask, which nobody reads. */
  private static final String MASK = "transformer.h.0.attn.masked_bias";

  /** What a header says about a tensor without elements. */
  private static final JsonNode NOTHING =
      JsonNodeFactory.instance
          .objectNode()
          .put("dtype", "F32")
          .set("shape", JsonNodeFactory.instance.arrayNode().add(0));

  static {
    ((ObjectNode) NOTHING).putArray("data_offsets").add(0).add(0);
  }

  private static final String MATRIX = "transformer.h.0.attn.c_attn.weight";

  /** What is done to a model that is whole. */
  private interface Harm {
    void to(VictimModel model) throws IOException;
  }

  private static final Map<String, Harm> CASES = new LinkedHashMap<>();

  static {
    // the file of weights as bytes
    CASES.put("weights-empty", m -> m.write(WEIGHTS, ""));
    CASES.put("weights-cut-in-length", m -> m.cut(WEIGHTS, 5));
    CASES.put("weights-cut-in-header", m -> m.cut(WEIGHTS, 100));
    CASES.put("weights-cut-in-half", m -> m.cut(WEIGHTS, m.size(WEIGHTS) / 2));
    CASES.put("weights-cut-at-the-end", m -> m.cut(WEIGHTS, m.size(WEIGHTS) - 1));
    CASES.put("weights-not-safetensors", m -> m.write(WEIGHTS, "<!DOCTYPE html>".repeat(99)));
    CASES.put("weights-huge-header", m -> m.headerLength(1L << 60));
    CASES.put("weights-negative-header", m -> m.headerLength(-1));
    CASES.put("weights-is-a-directory", HostileModelsTest::directoryOfWeights);
    CASES.put("weights-is-a-pipe", HostileModelsTest::pipeOfWeights);
    CASES.put("weights-is-a-circle", m -> m.link(WEIGHTS, WEIGHTS));
    CASES.put("weights-link-to-nothing", m -> m.link(WEIGHTS, "../blobs/absent"));
    CASES.put("weights-only-pickle", HostileModelsTest::pickle);
    CASES.put("weights-absent", m -> m.delete(WEIGHTS));
    // what its header says
    CASES.put("header-not-json", m -> m.headerText("{'a': 1}"));
    CASES.put("header-not-an-object", m -> m.headerText("[]"));
    CASES.put("header-deep", m -> m.headerText("{\"a\":" + "[".repeat(100_000)));
    CASES.put("header-duplicate-tensor", m -> m.headerText(twice(m.headerText())));
    CASES.put("header-duplicate-key", m -> m.headerText(twoShapes(m.headerText())));
    CASES.put("header-overlap", m -> m.entry(MATRIX, "data_offsets", "[232, 5032]"));
    CASES.put("header-out-of-range", m -> m.entry(FIRST, "data_offsets", "[900000, 900240]"));
    CASES.put("header-backwards", m -> m.entry(FIRST, "data_offsets", "[240, 0]"));
    CASES.put("header-negative-offset", m -> m.entry(FIRST, "data_offsets", "[-240, 0]"));
    CASES.put("header-huge-shape", m -> m.entry(FIRST, "shape", "[4294967296, 4294967296]"));
    CASES.put("header-other-size", m -> m.entry(FIRST, "shape", "[61]"));
    CASES.put("header-unknown-dtype", m -> m.entry(FIRST, "dtype", "\"F5\""));
    CASES.put("header-integers", m -> m.entry(FIRST, "dtype", "\"I32\""));
    CASES.put("header-lacks-a-tensor", m -> m.header(h -> h.set(MASK, h.remove(FIRST))));
    CASES.put("header-odd-name", m -> m.header(h -> h.set("\u001b[31mred\u202e\n", NOTHING)));
    // values
    CASES.put("values-nan", m -> m.number(MATRIX, 7, Float.NaN));
    CASES.put("values-infinite", m -> m.number(FIRST, 0, Float.NEGATIVE_INFINITY));
    // shards
    CASES.put("shard-missing", m -> m.shard("a.safetensors", "b.safetensors"));
    CASES.put("shard-escapes", m -> m.shard("../escaped.safetensors", "../escaped.safetensors"));
    CASES.put("shard-absolute", m -> m.shard("a.safetensors", "/etc/passwd"));
    CASES.put("shard-is-nothing", m -> m.shard("a.safetensors", ""));
    CASES.put("index-not-json", m -> sharded(m, "{\"weight_map\": {"));
    CASES.put("index-without-map", m -> sharded(m, "{\"metadata\": {}}"));
    CASES.put("index-of-nothing", m -> sharded(m, "{\"weight_map\": {}}"));
    CASES.put("index-of-numbers", m -> sharded(m, "{\"weight_map\": {\"a\": 1}}"));
    CASES.put("index-lists-another-tensor", HostileModelsTest::listsAnother);
    // config.json
    CASES.put("config-absent", m -> m.delete(CONFIG));
    CASES.put("config-empty", m -> m.write(CONFIG, ""));
    CASES.put("config-not-json", m -> m.cut(CONFIG, 300));
    CASES.put("config-is-a-list", m -> m.write(CONFIG, "[1, 2]"));
    CASES.put("config-deep", m -> m.write(CONFIG, "{\"a\":" + "[".repeat(100_000)));
    CASES.put("config-not-utf-8", m -> m.write(CONFIG, new byte[] {'{', '"', -1, -2, '"', '}'}));
    CASES.put("config-is-a-circle", m -> m.link(CONFIG, CONFIG));
    CASES.put("config-duplicate-key", m -> m.write(CONFIG, "{\"n_layer\": 3, \"n_layer\": 2}"));
    CASES.put("config-unknown-type", m -> m.config("model_type", "\"gpt22\""));
    CASES.put("config-without-type", m -> m.configWithout("model_type"));
    CASES.put("config-without-layers", m -> m.configWithout("n_layer"));
    CASES.put("config-unknown-key", m -> m.config("n_registers", "4"));
    CASES.put("config-more-layers", m -> m.config("n_layer", "4"));
    CASES.put("config-fewer-layers", m -> m.config("n_layer", "2"));
    CASES.put("config-endless-layers", m -> m.config("n_layer", "2000000000"));
    CASES.put("config-negative-layers", m -> m.config("n_layer", "-1"));
    CASES.put("config-layers-as-text", m -> m.config("n_layer", "\"three\""));
    CASES.put("config-other-width", m -> m.config("n_embd", "24"));
    CASES.put("config-odd-heads", m -> m.config("n_head", "3"));
    CASES.put("config-no-heads", m -> m.config("n_head", "0"));
    CASES.put("config-larger-vocabulary", m -> m.config("vocab_size", "44"));
    CASES.put("config-unknown-activation", m -> m.config("activation_function", "\"snake\""));
    // the tokenizer
    CASES.put("tokenizer-absent", m -> m.delete(TOKENIZER));
    CASES.put("tokenizer-not-json", m -> m.cut(TOKENIZER, 200));
    CASES.put("tokenizer-empty", m -> m.write(TOKENIZER, ""));
    CASES.put(
        "tokenizer-of-another-kind", m -> m.write(TOKENIZER, "{\"model\": {\"type\": \"X\"}}"));
    CASES.put("tokenizer-is-a-directory", HostileModelsTest::directoryOfTokenizer);
    CASES.put("tokenizer-lacks-the-answer", m -> m.words(43, List.of("[UNK]", "the", "is")));
    CASES.put("tokenizer-beyond-vocabulary", HostileModelsTest::beyond);
    CASES.put("tokenizer-config-not-json", m -> m.write("tokenizer_config.json", "{"));
    CASES.put(
        "tokenizer-names-no-bos",
        m -> m.write("tokenizer_config.json", "{\"add_bos_token\": true, \"bos_token\": \"<x>\"}"));
  }

  /** The header with one tensor named a second time. */
  private static String twice(String header) {
    String again = ",\"" + FIRST + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}";
    return header.strip().replaceFirst("\\}$", again);
  }

  /** The header where one tensor has two shapes. */
  private static String twoShapes(String header) {
    return header.replaceFirst("\"shape\":", "\"shape\":[1],\"shape\":");
  }

  private static void directoryOfWeights(VictimModel model) throws IOException {
    model.delete(WEIGHTS);
    Files.createDirectory(model.file(WEIGHTS));
  }

  private static void directoryOfTokenizer(VictimModel model) throws IOException {
    model.delete(TOKENIZER);
    Files.createDirectory(model.file(TOKENIZER));
  }

  /** Opening a pipe that nobody writes to would wait for ever. */
  private static void pipeOfWeights(VictimModel model) throws IOException {
    model.delete(WEIGHTS);
    try {
      Process made = new ProcessBuilder("mkfifo", model.file(WEIGHTS).toString()).start();
      assertEquals(0, made.waitFor());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void pickle(VictimModel model) throws IOException {
    model.delete(WEIGHTS);
    model.write("pytorch_model.bin", new byte[] {(byte) 0x80, 2, '}', 'q', 0, '.'});
  }

  private static void sharded(VictimModel model, String index) throws IOException {
    model.delete(WEIGHTS);
    model.write(INDEX, index);
  }

  private static void listsAnother(VictimModel model) throws IOException {
    model.shard("a.safetensors", "a.safetensors");
    String index = Files.readString(model.file(INDEX));
    model.write(INDEX, index.replace(FIRST, "transformer.h.0.attn.c_attn.other"));
  }

  private static void beyond(VictimModel model) throws IOException {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      words.add("filler" + i);
    }
    words.set(0, "[UNK]");
    words.addAll(List.of("the", "capital", "of", "France", "is", "Paris"));
    model.words(words.size(), words);
  }

  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicTest> saysWhatIsWrong() {
    return CASES.entrySet().stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.getKey(),
                    () ->
                        assertTimeoutPreemptively(ENDLESS, () -> check(c.getKey(), c.getValue()))));
  }

  private static void check(String name, Harm harm) throws IOException {
    Path home = Files.createDirectory(folder.resolve(name));
    harm.to(VictimModel.in(home.resolve("model")));
    String seen = run(home);
    golden(EXPECTED.resolve(name + ".txt"), seen);
    assertEquals(1, seen.split("error\\[", -1).length - 1, "one error: " + seen);
    assertTrue(seen.contains("\nhelp: "), "a cure: " + seen);
    assertTrue(seen.startsWith("exit 3\n") || seen.startsWith("exit 2\n"), seen);
    assertFalse(seen.contains("Exception") || seen.contains("java."), "no trace: " + seen);
    assertTrue(seen.length() < 1600, "not too long: " + seen);
  }

  private static String run(Path home) throws IOException {
    Path spec = Files.writeString(home.resolve("hostile.ivn"), SPEC);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(stream(out), stream(err), false, false, Map.of());
    int status = new Program(new EnginePipeline(), terminal).execute("run", spec.toString());
    assertEquals("", out.toString(StandardCharsets.UTF_8));
    String text = err.toString(StandardCharsets.UTF_8).replace(home.toString(), "DIR");
    return "exit " + status + "\n" + text.strip() + "\n";
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static void golden(Path file, String seen) throws IOException {
    if (UPDATE) {
      Files.writeString(file, seen);
      fail("wrote " + file);
    }
    assertEquals(Files.readString(file), seen);
  }

  @Test
  void aWholeModelRuns() throws IOException {
    Path home = Files.createDirectory(folder.resolve("whole"));
    VictimModel.in(home.resolve("model"));
    Path spec = Files.writeString(home.resolve("whole.ivn"), SPEC);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(stream(out), stream(out), false, false, Map.of());
    int status = new Program(new EnginePipeline(), terminal).execute("run", spec.toString());
    assertEquals(0, status, out.toString(StandardCharsets.UTF_8));
  }

  /** Every id that a damaged model gives stands in the list of errors. */
  @Test
  void idsAreDocumented() throws IOException {
    String documented = Files.readString(Path.of("../docs/errors.md"));
    try (Stream<Path> files = Files.list(EXPECTED)) {
      for (Path file : files.toList()) {
        Matcher id =
            Pattern.compile("(?m)^(?:error|note)\\[(.*?)\\]").matcher(Files.readString(file));
        while (id.find()) {
          assertTrue(documented.contains("### `" + id.group(1) + "`\n"), id.group(1));
        }
      }
    }
  }

  @Test
  void everyTextBelongsToACase() throws IOException {
    try (Stream<Path> files = Files.list(EXPECTED)) {
      TreeSet<String> found = new TreeSet<>();
      files.forEach(file -> found.add(file.getFileName().toString().replaceFirst("\\.txt$", "")));
      assertEquals(new TreeSet<>(CASES.keySet()), found);
    }
  }
}
