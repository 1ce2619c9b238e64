package org.intervene.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.result.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles whose digests are right and which are wrong all the same. */
class UnpackedBundleTest {
  private static final String SPEC =
      "experiment \"x\" model \"m\" data d rows { t \"a\" } run clean on d.t";

  @TempDir Path folder;
  private Path inside;

  @BeforeEach
  void files() throws IOException {
    inside = Files.createDirectories(folder.resolve("inside"));
    Files.createDirectories(inside.resolve("spec"));
    Files.createDirectories(inside.resolve("result"));
    Files.writeString(inside.resolve("spec/x.ivn"), SPEC);
    Files.writeString(inside.resolve("result/metrics.csv"), "run,example,metric,value\n");
    ran(SPEC);
  }

  private void ran(String spec) throws IOException {
    var result = JsonNodeFactory.instance.objectNode();
    result.putObject("spec").put("text", spec);
    Files.writeString(inside.resolve("result/result.json"), Json.text(result));
  }

  private UnpackedBundle open() throws IOException {
    Manifest.of(inside).write(inside);
    Path zip = folder.resolve("x.zip");
    BundleWriter.write(inside, zip);
    return UnpackedBundle.open(zip);
  }

  private String refused() {
    DiagnosticException refused = assertThrows(DiagnosticException.class, this::open);
    return refused.diagnostics().get(0).id() + " " + refused.diagnostics().get(0).message();
  }

  @Test
  void opens() throws IOException {
    try (UnpackedBundle bundle = open()) {
      assertEquals(3, bundle.files());
      assertEquals(SPEC, Files.readString(bundle.spec()));
      assertEquals("run,example,metric,value\n", bundle.metrics());
    }
  }

  @Test
  void layoutIsNoDifferenceBetweenSpecAndResult() throws IOException {
    ran("# a comment\n" + SPEC.replace(" model", "\nmodel"));
    open().close();
  }

  @Test
  void theResultOfAnotherSpec() throws IOException {
    ran(SPEC.replace("\"a\"", "\"b\""));
    assertEquals("bundle.damaged `result/result.json` is the result of another spec", refused());
  }

  @Test
  void noSpecOrTwo() throws IOException {
    Files.copy(inside.resolve("spec/x.ivn"), inside.resolve("spec/y.ivn"));
    assertEquals(
        "bundle.unreadable this cannot be read as a bundle: it holds 2 specs instead of one",
        refused());
    Files.delete(inside.resolve("spec/x.ivn"));
    Files.delete(inside.resolve("spec/y.ivn"));
    assertEquals(
        "bundle.unreadable this cannot be read as a bundle: it holds 0 specs instead of one",
        refused());
  }

  @Test
  void aSpecThatCannotBeRead() throws IOException {
    Files.writeString(inside.resolve("spec/x.ivn"), "experimnt");
    assertEquals(
        DiagnosticException.Kind.SPEC, assertThrows(DiagnosticException.class, this::open).kind());
  }

  @Test
  void noResult() throws IOException {
    Files.delete(inside.resolve("result/result.json"));
    assertEquals("bundle.unreadable", refused().split(" ")[0]);
  }

  @Test
  void noMetricsOrNoText() throws IOException {
    Path metrics = inside.resolve("result/metrics.csv");
    String wrong = "bundle.damaged `result/metrics.csv` is missing or not text";
    Files.write(metrics, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertEquals(wrong, refused());
    Files.delete(metrics);
    assertEquals(wrong, refused());
  }

  @Test
  void noSuchFile() {
    DiagnosticException refused =
        assertThrows(
            DiagnosticException.class, () -> UnpackedBundle.open(folder.resolve("none.zip")));
    assertEquals("bundle.unreadable", refused.diagnostics().get(0).id());
  }
}
