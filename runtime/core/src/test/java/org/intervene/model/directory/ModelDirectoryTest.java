package org.intervene.model.directory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.model.Architecture;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelDirectoryTest {
  private static final String CONFIG =
      """
      {"model_type": "gpt2", "n_embd": 12, "n_head": 3, "n_layer": 2, "n_positions": 16,
       "vocab_size": 20, "n_inner": null, "attn_pdrop": 0.1, "use_cache": true}
      """;

  @TempDir Path folder;

  private Architecture described(String config) throws IOException {
    Files.writeString(folder.resolve("config.json"), config);
    return ModelDirectory.describe(folder).architecture();
  }

  private void write(Map<String, long[]> tensors, String dtype, int elementBytes)
      throws IOException {
    StringBuilder header = new StringBuilder("{");
    long at = 0;
    for (var tensor : tensors.entrySet()) {
      long end = at + elementBytes * Arrays.stream(tensor.getValue()).reduce(1, (a, b) -> a * b);
      header
          .append(header.length() > 1 ? "," : "")
          .append(
              "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                  .formatted(tensor.getKey(), dtype, Arrays.toString(tensor.getValue()), at, end));
      at = end;
    }
    byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + Math.toIntExact(at)).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(folder.resolve("model.safetensors"), bytes.putLong(json.length).put(json).array());
  }

  private List<Diagnostic> problemsOnOpening() {
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> ModelDirectory.open(folder));
    assertEquals(DiagnosticException.Kind.RESOURCE, e.kind());
    e.diagnostics().forEach(d -> assertFalse(d.help().isEmpty(), d.toString()));
    return e.diagnostics();
  }

  @Test
  void aConfigTellsSitesAndShapes() throws IOException {
    ModelFacts facts = described(CONFIG).facts();
    assertEquals(2, facts.layers());
    assertEquals(4, facts.dHead());
    assertEquals(48, facts.dMlp());
    assertEquals(16, facts.maxPositions());
    assertEquals(
        List.of(Site.Q_ROT, Site.K_ROT, Site.ROUTER, Site.MLP_GATE, Site.EXPERT_OUT),
        List.copyOf(sorted(facts)));
  }

  private static List<Site> sorted(ModelFacts facts) {
    return facts.absent().keySet().stream().sorted().toList();
  }

  @Test
  void weightsThatFitAreAccepted() throws IOException {
    Map<String, long[]> tensors = new LinkedHashMap<>(described(CONFIG).tensors());
    assertArrayEquals(new long[] {12, 36}, tensors.get("transformer.h.1.attn.c_attn.weight"));
    write(tensors, "F32", 4);
    assertEquals(tensors.keySet(), opened().checkpoint().orElseThrow().tensors().keySet());
    tensors.put("lm_head.weight", new long[] {20, 12});
    tensors.put("transformer.h.0.attn.bias", new long[] {1, 1, 16, 16});
    write(tensors, "F16", 2);
    assertTrue(opened().architecture().tied());
  }

  private ModelDirectory opened() {
    return ModelDirectory.open(folder);
  }

  @Test
  void namesMayLackTheirPrefix() throws IOException {
    Map<String, long[]> tensors = new LinkedHashMap<>();
    described(CONFIG)
        .tensors()
        .forEach((name, shape) -> tensors.put(name.replace("transformer.", ""), shape));
    write(tensors, "F32", 4);
    assertEquals("wte.weight", opened().architecture().embedding().tokens().name());
  }

  @Test
  void everythingThatDoesNotFitIsReportedAtOnce() throws IOException {
    Map<String, long[]> tensors = new LinkedHashMap<>(described(CONFIG).tensors());
    tensors.remove("transformer.ln_f.bias");
    tensors.put("transformer.wte.weight", new long[] {21, 12});
    tensors.put("transformer.h.2.ln_1.bias", new long[] {12});
    write(tensors, "F32", 4);
    List<Diagnostic> problems = problemsOnOpening();
    assertEquals(
        List.of("weights.missing-tensor", "weights.wrong-shape", "weights.unexpected-tensor"),
        problems.stream().map(Diagnostic::id).toList());
    assertTrue(problems.get(0).message().contains("`transformer.ln_f.bias` [12]"));
    assertTrue(problems.get(1).message().contains("is [21, 12], not [20, 12]"));
    assertTrue(problems.get(2).message().contains("`transformer.h.2.ln_1.bias`"));
  }

  @Test
  void aConfigOfAnotherModelIsAFewDiagnosticsNotHundreds() throws IOException {
    write(described(CONFIG.replace("\"n_embd\": 12", "\"n_embd\": 24")).tensors(), "F32", 4);
    described(CONFIG);
    assertEquals(1, problemsOnOpening().size());
  }

  @Test
  void quantisedWeightsAreRefused() throws IOException {
    write(described(CONFIG).tensors(), "I8", 1);
    assertEquals("weights.unsupported-dtype", problemsOnOpening().get(0).id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config.unknown-key   | 'use_cache'  | 'rope_theta' | `rope_theta`",
        "config.unknown-family | 'gpt2'      | 'gpt9'       | gpt9",
        "config.unknown-family | 'model_type' | 'model'     | `model_type` is missing",
        "config.missing-key   | 'n_layer': 2, | ''           | `n_layer`",
        "config.wrong-type    | 'n_embd': 12 | 'n_embd': '12' | `n_embd`",
        "config.wrong-type    | 'n_embd': 12 | 'n_embd': 0  | `n_embd`",
        "config.wrong-type    | 'n_embd': 12 | 'n_embd': 12.5 | `n_embd`",
        "config.wrong-type    | 'n_embd': 12 | 'n_embd': 999999996 | `n_embd`",
        "config.wrong-type    | 'n_layer': 2 | 'n_layer': 99999 | `n_layer`",
        "config.wrong-type    | 'use_cache': true | 'scale_attn_weights': 2 | `scale_attn_weights`",
        "config.contradiction | 'n_head': 3  | 'n_head': 5  | the width 12",
        "config.unsupported   | 'use_cache'  | 'add_cross_attention' | `add_cross_attention`",
        "config.unsupported   | 'use_cache': true | 'activation_function': 'maxout' | maxout",
        "config.malformed     | {            | [            | JSON",
        "config.malformed     | 'n_embd': 12 | 'n_embd': 12, 'n_embd': 12 | n_embd",
      })
  void aConfigThatIsWrong(String id, String from, String to, String named) throws IOException {
    String config = CONFIG.replace(from.replace('\'', '"'), to.replace('\'', '"'));
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> described(config));
    assertEquals(
        List.of(id), e.diagnostics().stream().map(Diagnostic::id).toList(), e.getMessage());
    assertTrue(e.getMessage().contains(named), e.getMessage());
  }

  @Test
  void whatIsMissingIsSaid() throws IOException {
    assertEquals(
        List.of("model.missing-file", "model.missing-file"),
        problemsOnOpening().stream().map(Diagnostic::id).toList());
    folder = folder.resolve("nowhere");
    assertEquals("model.missing-directory", problemsOnOpening().get(0).id());
  }
}
