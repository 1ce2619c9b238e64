package org.intervene.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.intervene.ast.Spec;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;
import org.intervene.result.Provenance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 1);

  private static final String TEXT =
      """
      experiment "where-is-it"
      about "Where is 90% of {it} kept?"
      authors "Ada Lovelace", "van Rossum, Guido", "Plato"
      cite "Meng et al., Locating and Editing Factual Associations in GPT, doi:10.48550/arXiv.2202.05262"
      cite "The manual: https://example.org/manual"
      model "hf:org/name@0123abc"
      data d file "rows/d.jsonl"
      vector v = 2 * file "v.safetensors#direction"
      run clean on d.text { steer resid_pre[0] by v }
      """;

  @TempDir Path folder;
  private Path file;
  private Path result;

  @BeforeEach
  void files() throws IOException {
    file = Files.writeString(folder.resolve("a.ivn"), TEXT);
    Files.createDirectories(folder.resolve("rows"));
    Files.writeString(folder.resolve("rows/d.jsonl"), "{\"text\": \"x\"}\n");
    Files.writeString(folder.resolve("v.safetensors"), "tensors");
    Files.writeString(folder.resolve("a.lock.json"), "{}");
    Files.writeString(folder.resolve("unrelated.txt"), "secret");
    result = Files.createDirectories(folder.resolve("out"));
    Files.writeString(result.resolve("result.json"), "{}");
    Files.writeString(result.resolve("metrics.csv"), "run\n");
  }

  private static Spec spec(Path file) {
    Reading reading = SpecReader.read(file);
    return reading.spec().orElseThrow(() -> new AssertionError(reading.diagnostics()));
  }

  private Path bundle(String name) {
    Path target = folder.resolve(name);
    Provenance provenance =
        new Provenance(
            TEXT,
            "sha256:00",
            "hf:org/name@0123abc",
            new TreeMap<>(Map.of("weights", "sha256:01", "config", "sha256:02")),
            "float32",
            "cpu",
            "",
            "none",
            "PyTorch 1",
            "0.1.0",
            Map.of(),
            Map.of());
    Bundle.make(file, spec(file), result, provenance, DATE, target);
    return target;
  }

  private Path unpacked(Path bundle) throws IOException {
    Path target = Files.createTempDirectory(folder, "unpacked");
    BundleReader.unpack(bundle, target);
    return target;
  }

  @Test
  void holdsWhatTheSpecNeedsAndNothingElse() throws IOException {
    assertEquals(
        List.of(
            "CITATION.cff",
            "citation.bib",
            "result/metrics.csv",
            "result/result.json",
            "ro-crate-metadata.json",
            "spec/a.ivn",
            "spec/a.lock.json",
            "spec/rows/d.jsonl",
            "spec/v.safetensors"),
        Manifest.files(unpacked(bundle("x.zip"))));
  }

  @Test
  void isTheSameBytesEveryTime() throws IOException {
    byte[] once = Files.readAllBytes(bundle("x.zip"));
    files();
    assertArrayEquals(once, Files.readAllBytes(bundle("y.zip")));
  }

  @Test
  void filesElsewhereAreRefused() throws IOException {
    Files.writeString(
        file,
        TEXT.replace("rows/d.jsonl", "../d.jsonl").replace("v.safetensors", "/tmp/v.safetensors"));
    DiagnosticException refused = assertThrows(DiagnosticException.class, () -> bundle("x.zip"));
    assertEquals(
        List.of("bundle.outside", "bundle.outside"),
        refused.diagnostics().stream().map(Diagnostic::id).toList());
    assertFalse(Files.exists(folder.resolve("x.zip")));
  }

  private List<String> refused(Path spec, String target) {
    Path to = folder.resolve(target);
    return assertThrows(DiagnosticException.class, () -> Bundle.require(spec, spec(spec), to))
        .diagnostics()
        .stream()
        .map(Diagnostic::id)
        .toList();
  }

  @Test
  void namesThatUnpackingWouldRefuseAreRefusedBeforeTheRun() throws IOException {
    Files.writeString(
        file, TEXT.replace("rows/d.jsonl", "V.safetensors").replace("direction", "Direction"));
    assertEquals(List.of("bundle.name"), refused(file, "x.zip"));
    Path colon = Files.writeString(folder.resolve("a:b.ivn"), TEXT);
    assertEquals(List.of("bundle.name"), refused(colon, "x.zip"));
  }

  @Test
  void aTargetThatCannotBeIsRefusedBeforeTheRun() {
    assertEquals(List.of("bundle.write-failed"), refused(file, "absent/x.zip"));
    assertEquals(List.of("bundle.write-failed"), refused(file, "rows"));
    Bundle.require(file, spec(file), folder.resolve("x.zip"));
  }

  @Test
  void aLeadingDotMeansNothing() throws IOException {
    Files.writeString(file, TEXT.replace("rows/d.jsonl", "./rows/d.jsonl"));
    Path inside = unpacked(bundle("x.zip"));
    assertTrue(Manifest.files(inside).contains("spec/rows/d.jsonl"));
  }

  @Test
  void whoMayReadOtherFilesMayReadABundle() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "x");
    Path made = bundle("x.zip");
    assertEquals(Files.getPosixFilePermissions(other), Files.getPosixFilePermissions(made));
  }

  @Test
  void everyChangeIsSeen() throws IOException {
    Path inside = unpacked(bundle("x.zip"));
    Manifest listed = Manifest.read(inside, file);
    assertEquals(List.of(), listed.differences(Manifest.of(inside), file));
    for (String name : Manifest.files(inside)) {
      byte[] content = Files.readAllBytes(inside.resolve(name));
      Files.writeString(inside.resolve(name), "changed");
      assertEquals(
          "`" + name + "` is not what was put in: its digest differs",
          onlyDifference(listed, inside));
      Files.delete(inside.resolve(name));
      assertEquals("`" + name + "` is listed and is not there", onlyDifference(listed, inside));
      Files.write(inside.resolve(name), content);
    }
    Files.writeString(inside.resolve("more.txt"), "");
    assertEquals("`more.txt` is there and is not listed", onlyDifference(listed, inside));
  }

  private String onlyDifference(Manifest listed, Path inside) throws IOException {
    List<Diagnostic> differences = listed.differences(Manifest.of(inside), file);
    assertEquals(1, differences.size(), differences.toString());
    return differences.get(0).message();
  }

  @Test
  void citation() throws IOException {
    Path inside = unpacked(bundle("x.zip"));
    String cff = Files.readString(inside.resolve("CITATION.cff"));
    String digest = cff.replaceAll("(?s).*(sha256:[0-9a-f]{64}).*", "$1");
    assertEquals(
        """
        cff-version: 1.2.0
        message: If you use this experiment, please cite it and what it rests on.
        type: dataset
        title: where-is-it
        abstract: Where is 90% of {it} kept?
        authors:
        - family-names: Lovelace
          given-names: Ada
        - family-names: van Rossum
          given-names: Guido
        - family-names: Plato
        date-released: '2026-03-01'
        identifiers:
        - type: other
          value: DIGEST
          description: digest of the spec
        references:
        - type: generic
          title: Locating and Editing Factual Associations in GPT
          authors:
          - name: Meng et al.
          doi: 10.48550/arXiv.2202.05262
        - type: generic
          title: The manual
          authors:
          - name: The manual
          url: https://example.org/manual
        """
            .replace("DIGEST", digest),
        cff);
    assertEquals(
        """
        @misc{lovelace2026where-is-it,
          title = {where-is-it},
          author = {Lovelace, Ada and van Rossum, Guido and {Plato}},
          year = {2026},
          abstract = {Where is 90\\% of \\{it\\} kept?},
          note = {Intervene spec DIGEST}
        }
        """
            .replace("DIGEST", digest),
        Files.readString(inside.resolve("citation.bib")));
  }

  @Test
  void aKeyHasLettersWhateverTheNamesAreWrittenIn() throws IOException {
    Files.writeString(
        file,
        TEXT.replaceAll("authors.*\n", "authors \"\u590f\u76ee\u6f31\u77f3\"\n")
            .replace("where-is-it", "\u3069\u3053"));
    String bib = Files.readString(unpacked(bundle("x.zip")).resolve("citation.bib"));
    assertTrue(bib.startsWith("@misc{intervene2026,\n"), bib);
  }

  @Test
  void filesAreNamedByUris() throws IOException {
    Files.writeString(file, TEXT.replace("rows/d.jsonl", "rows/my d%\u00e9.jsonl"));
    Files.writeString(folder.resolve("rows/my d%\u00e9.jsonl"), "{\"text\": \"x\"}\n");
    Path inside = unpacked(bundle("x.zip"));
    String crate = Files.readString(inside.resolve("ro-crate-metadata.json"));
    assertTrue(crate.contains("\"spec/rows/my%20d%25%C3%A9.jsonl\""), crate);
    assertTrue(Manifest.files(inside).contains("spec/rows/my d%\u00e9.jsonl"));
  }

  @Test
  void withoutAuthorsThereIsNoCitationFile() throws IOException {
    Files.writeString(file, TEXT.replaceAll("authors.*\n", ""));
    assertFalse(Manifest.files(unpacked(bundle("x.zip"))).contains("CITATION.cff"));
  }

  /** Every file is described, every reference leads to an entity, and the run joins them. */
  @Test
  void metadata() throws IOException {
    Path inside = unpacked(bundle("x.zip"));
    JsonNode crate = new ObjectMapper().readTree(inside.resolve("ro-crate-metadata.json").toFile());
    assertEquals("https://w3id.org/ro/crate/1.1/context", crate.at("/@context/0").asText());
    Set<String> known = new TreeSet<>();
    Set<String> mentioned = new TreeSet<>();
    for (JsonNode entity : crate.get("@graph")) {
      assertTrue(known.add(entity.get("@id").asText()), entity.toString());
      entity.forEach(value -> value.findValuesAsText("@id").forEach(id -> mentioned.add(id)));
    }
    mentioned.remove("https://w3id.org/ro/crate/1.1");
    assertEquals(Set.of(), minus(mentioned, known));
    Set<String> files = new TreeSet<>(Manifest.files(inside));
    assertEquals(Set.of(), minus(files, known));
    assertTrue(known.contains("https://huggingface.co/org/name/tree/0123abc"));
    assertTrue(known.contains("https://doi.org/10.48550/arXiv.2202.05262"));
  }

  private static Set<String> minus(Set<String> all, Set<String> some) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }
}
