package org.intervene.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.plan.Execution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultDirectoryTest {
  @TempDir Path folder;

  private static RunInfo info() {
    return new RunInfo(
        Instant.now(),
        Duration.ofMillis(1500),
        "run",
        "a.ivn",
        "host",
        "Linux",
        "17",
        "",
        1,
        12,
        0);
  }

  private static void write(Path target, Execution execution) {
    ResultDirectory.open(target).write(SmallResult.result(execution), info());
  }

  private List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesTheSameBytesEveryTime() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("deep/er/two");
    write(one, SmallResult.execution());
    write(two, SmallResult.execution());
    write(two, SmallResult.execution());
    List<String> files =
        List.of("metrics.csv", "report.html", "result.json", "run.json", "tensors.safetensors");
    assertEquals(files, names(one));
    assertEquals(files, names(two));
    assertEquals(List.of("two"), names(two.getParent()));
    for (String file : files) {
      if (!file.equals("run.json")) {
        byte[] bytes = Files.readAllBytes(one.resolve(file));
        assertArrayEquals(bytes, Files.readAllBytes(two.resolve(file)), file);
        assertFalse(new String(bytes, StandardCharsets.UTF_8).contains(folder.toString()), file);
      }
    }
  }

  @Test
  void metricsAreTidy() throws IOException {
    write(folder.resolve("r"), SmallResult.execution());
    assertEquals(
        """
        run,layer,pos,example,metric,value
        clean,,,0,ld,0.0
        clean,,,1,ld,0.125
        patched,0,0,0,ld,0.375
        patched,0,0,1,ld,0.5
        patched,0,1,0,ld,0.625
        patched,0,1,1,ld,0.75
        patched,0,2,0,ld,0.875
        patched,1,0,0,ld,1.125
        patched,1,0,1,ld,1.0
        patched,1,1,0,ld,1.375
        patched,1,1,1,ld,NaN
        patched,1,2,0,ld,0.25
        """,
        Files.readString(folder.resolve("r/metrics.csv")));
  }

  @Test
  void resultSaysWhereItComesFromAndWhatWasSeen() throws IOException {
    write(folder.resolve("r"), SmallResult.execution());
    JsonNode root = new ObjectMapper().readTree(folder.resolve("r/result.json").toFile());
    assertEquals("sha256:11", root.at("/spec/digest").asText());
    assertEquals("4", root.at("/overridden/strength").asText());
    assertEquals("[\"0 The\",\"1\",\"2 Tower\"]", root.at("/runs/1/axes/1/shown").toString());
    assertEquals("\"NaN\"", root.at("/runs/1/metrics/0/mean").toString());
    assertEquals(0.0625, root.at("/runs/0/metrics/0/mean").asDouble());
    assertEquals(
        "[0.4375,0.6875,0.875,1.0625,\"NaN\",0.25]",
        root.at("/runs/1/metrics/0/cells/mean").toString());
    // no interval where one example alone has the position, nor of an undefined mean
    assertEquals(
        "[0.375,0.625,null,1.0,null,null]", root.at("/runs/1/metrics/0/cells/low").toString());
    assertEquals("max(patched.ld) > 9.5", root.at("/expectations/0/text").asText());
    assertFalse(root.at("/expectations/0/passed").asBoolean());
    assertEquals("control.missing", root.at("/notes/0/id").asText());
  }

  @Test
  void savedTensorsReadBack() throws IOException {
    write(folder.resolve("r"), SmallResult.execution());
    byte[] bytes = Files.readAllBytes(folder.resolve("r/tensors.safetensors"));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) buffer.getLong(0);
    assertEquals(0, header % 8);
    JsonNode root =
        new ObjectMapper().readTree(new String(bytes, 8, header, StandardCharsets.UTF_8));
    assertEquals("[2,3,2]", root.at("/clean~1stream~10/shape").toString());
    assertEquals("[2,2,2]", root.at("/clean~1stream~11/shape").toString());
    assertEquals("[2,1,2]", root.at("/clean~1last/shape").toString());
    Map<String, String> axes =
        new ObjectMapper().convertValue(root.get("__metadata__"), StringMap.class);
    assertEquals("[\"example\",{\"pos\":[\"1\"]},\"d_model\"]", axes.get("clean/last"));
    assertEquals("[{\"layer\":[\"0\",\"1\"]},\"pos\",\"d_model\"]", axes.get("clean/stream/1"));
    int start = 8 + header + root.at("/clean~1last/data_offsets/0").asInt();
    float[] last = new float[4];
    buffer.position(start).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(last);
    assertArrayEquals(new float[] {0, 1, 100, 101}, last);
    assertEquals(bytes.length - 8 - header, root.at("/clean~1last/data_offsets/1").asInt());
  }

  /** For the header's metadata. */
  private static final class StringMap extends java.util.HashMap<String, String> {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void anOlderResultStaysUntilTheNewOneIsWhole() throws IOException {
    Path target = folder.resolve("r");
    write(target, SmallResult.execution());
    byte[] before = Files.readAllBytes(target.resolve("run.json"));
    Execution incomplete = new Execution(SmallResult.execution().reads(), Map.of());
    assertThrows(IllegalStateException.class, () -> write(target, incomplete));
    assertArrayEquals(before, Files.readAllBytes(target.resolve("run.json")));
    assertEquals(List.of("r"), names(folder));
  }

  @Test
  void killedBetweenBothRenamesTheOlderResultComesBack() throws IOException {
    Path target = folder.resolve("r");
    write(target, SmallResult.execution());
    byte[] before = Files.readAllBytes(target.resolve("run.json"));
    Files.move(target, folder.resolve(".r.old-1"));
    write(folder.resolve("whole"), SmallResult.execution());
    Files.move(folder.resolve("whole"), folder.resolve(".r.partial-1"));

    ResultDirectory.open(target).tidy();
    assertArrayEquals(before, Files.readAllBytes(target.resolve("run.json")));
    assertEquals(List.of("r"), names(folder));
  }

  @Test
  void killedAfterBothTheNewerResultStays() throws IOException {
    Path target = folder.resolve("r");
    write(target, SmallResult.execution());
    byte[] after = Files.readAllBytes(target.resolve("run.json"));
    write(folder.resolve("older"), SmallResult.execution());
    Files.move(folder.resolve("older"), folder.resolve(".r.old-1"));

    ResultDirectory.open(target).tidy();
    assertArrayEquals(after, Files.readAllBytes(target.resolve("run.json")));
    assertEquals(List.of("r"), names(folder));
  }

  @Test
  void neverReplacesWhatIsNoResult() throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve("thesis")).resolve("text.md"), "!");
    assertEquals("result.not-a-result", problem(folder.resolve("thesis")));
    Files.writeString(folder.resolve("file"), "");
    assertEquals("result.not-a-result", problem(folder.resolve("file")));
    Files.writeString(
        Files.createDirectory(folder.resolve("other")).resolve("result.json"), "{\"mine\": 1}");
    assertEquals("result.not-a-result", problem(folder.resolve("other")));
    write(folder.resolve("mixed"), SmallResult.execution());
    Files.writeString(folder.resolve("mixed/figure.pdf"), "!");
    assertEquals("result.not-a-result", problem(folder.resolve("mixed")));
    Files.createDirectory(folder.resolve("empty"));
    ResultDirectory.open(folder.resolve("empty"));
  }

  @Test
  void aPlaceThatCannotBeWrittenIsFoundOutFirst() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    assertEquals("result.write-failed", problem(folder.resolve("file/below")));
  }

  private static String problem(Path target) {
    DiagnosticException problem =
        assertThrows(DiagnosticException.class, () -> ResultDirectory.open(target));
    assertEquals(DiagnosticException.Kind.RESOURCE, problem.kind());
    return problem.diagnostics().get(0).id();
  }
}
