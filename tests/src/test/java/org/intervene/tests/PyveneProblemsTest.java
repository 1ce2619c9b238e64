package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.DiagnosticException.Kind;
import org.intervene.model.ModelFacts;
import org.intervene.model.directory.ModelDirectory;
import org.intervene.pyvene.PyveneImport;
import org.intervene.read.Notation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be imported is said, all of it, at its place in the JSON. */
class PyveneProblemsTest {
  private static final Path CASES = Path.of("src/test/resources/pyvene");

  @TempDir Path folder;
  private Path saved;

  @BeforeEach
  void copy() throws IOException {
    saved = folder.resolve("saved");
    copy("exchange");
  }

  private void copy(String name) throws IOException {
    Files.createDirectories(saved);
    try (Stream<Path> all = Files.list(CASES.resolve(name))) {
      for (Path file : all.toList()) {
        Files.copy(file, saved.resolve(file.getFileName()));
      }
    }
  }

  private PyveneImport imported(String fixture, boolean withCall) {
    ModelFacts facts =
        ModelDirectory.describe(Bench.CONFORMANCE.resolve(fixture)).architecture().facts();
    Optional<Path> call = withCall ? Optional.of(saved.resolve("call.json")) : Optional.empty();
    return PyveneImport.of(
        new PyveneImport.Request(saved, call, "builtin:primer", facts, "w.safetensors"));
  }

  private DiagnosticException refused() {
    return assertThrows(DiagnosticException.class, () -> imported("gpt2-plain", true));
  }

  private void change(String file, String from, String to) throws IOException {
    String text = Files.readString(saved.resolve(file));
    assertTrue(text.contains(from), text);
    Files.writeString(saved.resolve(file), text.replace(from, to));
  }

  @Test
  void saysAllThatHasNoEquivalentAtOnce() throws IOException {
    saved = folder.resolve("unknown");
    copy("unknown");
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> imported("gpt2-plain", false));
    assertEquals(Kind.SPEC, e.kind());
    List<String> found =
        e.diagnostics().stream()
            .map(d -> d.id() + " " + d.place().span().line() + " " + d.message().split(":")[0])
            .toList();
    assertEquals(
        List.of(
            "pyvene.no-equivalent 33 `intervention_types[8]`",
            "pyvene.no-equivalent 25 `intervention_types[0]`",
            "pyvene.no-equivalent 26 `intervention_types[1]`",
            "pyvene.no-equivalent 79 `representations[2][9]`",
            "pyvene.no-equivalent 95 `representations[3][9]`",
            "pyvene.no-equivalent 104 `representations[4][2]`",
            "pyvene.no-equivalent 119 `representations[5][1]`",
            "pyvene.no-equivalent 149 `representations[7]`"),
        found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config.json | \"block_output\" | 7 | pyvene.malformed | RESOURCE",
        "config.json | \"pos\" | \"row\" | pyvene.malformed | RESOURCE",
        "config.json | \"pos\", | \"pos\", 1, 1, 1, 1, | pyvene.malformed | RESOURCE",
        "config.json | \"mode\": \"parallel\" | \"mode\" | pyvene.malformed | RESOURCE",
        "config.json | \"representations\" | \"things\" | pyvene.malformed | RESOURCE",
        "config.json | \"parallel\" | \"both\" | pyvene.no-equivalent | SPEC",
        "config.json | pyvene.models.interventions.Vanilla | __main__.Mine | pyvene.no-equivalent | SPEC",
        "config.json | \"block_output\" | \"mlp_norm\" | pyvene.no-equivalent | SPEC",
        "call.json | \"base\" | \"bases\" | pyvene.call | SPEC",
        "call.json | sources->base | base->sources | pyvene.call | SPEC",
        "call.json | \"sources\": [ | \"sources\": [{\"input_ids\": [[4]]}, | pyvene.call | SPEC",
        "call.json | [[[1], [3]] | [[[1], [6]] | pyvene.call | SPEC",
        "call.json | [[[1], [3]] | [[[1], [3, 4]] | pyvene.call | SPEC",
        "call.json | [[[2], [3]] | [[[2], [-3]] | pyvene.call | SPEC",
        "call.json | { | { 1 | pyvene.malformed | RESOURCE",
      })
  void saysWhatIsWrong(String file, String from, String to, String id, Kind kind)
      throws IOException {
    change(file, from, to);
    DiagnosticException e = refused();
    Diagnostic first = e.diagnostics().get(0);
    assertEquals(id, first.id(), first.message());
    assertEquals(kind, e.kind());
    assertEquals(saved.resolve(file).toString(), first.place().file());
    assertTrue(!first.help().isEmpty());
  }

  @Test
  void refusesPadding() throws IOException {
    change("call.json", "{\"base\": {", "{\"base\": {\"attention_mask\": [[1, 0]], ");
    assertEquals("pyvene.no-equivalent", refused().diagnostics().get(0).id());
  }

  @Test
  void refusesAnotherModel() throws IOException {
    saved = folder.resolve("old");
    copy("old");
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> imported("llama-gqa", true));
    assertEquals("pyvene.other-model", e.diagnostics().get(0).id());
  }

  @Test
  void saysThatFilesAreMissing() throws IOException {
    saved = folder.resolve("constants");
    copy("constants");
    Files.delete(saved.resolve("intkey_layer_1_comp_block_output_unit_pos_nunit_1#0.bin"));
    Files.writeString(saved.resolve("intkey_layer_0_comp_mlp_output_unit_pos_nunit_1#0.bin"), "no");
    DiagnosticException e = refused();
    assertEquals(Kind.RESOURCE, e.kind());
    assertEquals(
        List.of("pyvene.missing-file", "torch.damaged"),
        e.diagnostics().stream().map(Diagnostic::id).toList());
    Files.delete(saved.resolve("config.json"));
    assertEquals("pyvene.missing-file", refused().diagnostics().get(0).id());
  }

  @Test
  void leavesOpenWhatPyveneDoesNotSave() throws IOException {
    saved = folder.resolve("attention");
    copy("attention");
    PyveneImport open = imported("gpt2-plain", false);
    assertTrue(open.open());
    assertTrue(open.tensors().isEmpty());
    assertEquals(
        """
        experiment "attention"
        about "Imported from what pyvene saved in attention"

        model "builtin:primer"

        param head = 0
        param head_0 = 0
        param head_1 = 1
        param pos = -1

        data inputs rows {
          base "BASE"
          source_0 "SOURCE"
          source_1 "SOURCE"
          source_2 "SOURCE"
          source_3 "SOURCE"
          source_4 "SOURCE"
        }

        run source_0 on inputs.source_0
        run source_1 on inputs.source_1
        run source_2 on inputs.source_2
        run source_3 on inputs.source_3
        run source_4 on inputs.source_4
        run intervened on inputs.base {
          patch z[0].head[head_0, head_1] from source_0
          patch z[1].head[head] @ pos from source_1
          patch q[1].head[head] @ pos from source_2
          patch v[0].head[head] from source_3
          patch k[1] @ pos from source_4
          collect logits as logits
        }
        """,
        open.in(Notation.IVN));
    assertTrue(open.in(Notation.YAML).contains("- patch k[1] @ pos from source_4"));
  }

  @Test
  void aSourceThatIsNotGivenLeavesItsEntryOut() throws IOException {
    change("call.json", "\"sources\": [{", "\"sources\": [null, {");
    String call = Files.readString(saved.resolve("call.json"));
    int last = call.lastIndexOf(", {\"input_ids\"");
    Files.writeString(saved.resolve("call.json"), call.substring(0, last) + "]}");
    String text = imported("gpt2-plain", true).in(Notation.IVN);
    assertTrue(text.contains("# representations[0] is left out"), text);
    assertTrue(!text.contains("resid_post[0]"), text);
  }

  @Test
  void writesNoFileTwice() throws IOException {
    PyveneImport imported = imported("gpt2-plain", true);
    Path spec = folder.resolve("spec.ivn");
    imported.write(spec, Notation.IVN, folder.resolve("spec.safetensors"));
    assertTrue(Files.notExists(folder.resolve("spec.safetensors")));
    DiagnosticException e =
        assertThrows(
            DiagnosticException.class,
            () -> imported.write(spec, Notation.IVN, folder.resolve("spec.safetensors")));
    assertEquals("file.exists", e.diagnostics().get(0).id());
  }

  /** The page shows a real call and the spec that it becomes. */
  @Test
  void thePageShowsWhatHappens() throws IOException {
    String page = Files.readString(Path.of("../docs/pyvene.md"));
    saved = folder.resolve("sums");
    copy("sums");
    ObjectMapper json = new ObjectMapper();
    assertEquals(
        json.readTree(saved.resolve("call.json").toFile()), json.readTree(block(page, "json")));
    assertEquals(block(page, "ivn"), imported("gpt2-plain", true).in(Notation.IVN));
  }

  private static String block(String page, String language) {
    int start = page.indexOf("```" + language + "\n") + language.length() + 4;
    return page.substring(start, page.indexOf("```", start));
  }
}
