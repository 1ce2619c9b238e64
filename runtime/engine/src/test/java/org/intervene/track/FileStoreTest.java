package org.intervene.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A directory is what MLflow's own file store would be. */
class FileStoreTest {
  /** What MLflow 2 does not know of an experiment, and what only MLflow 2 needs of a run. */
  private static final List<String> OTHER_VERSIONS =
      List.of("effective_trace_archival_retention", "trace_location", "workspace", "run_uuid");

  @TempDir Path folder;

  private Path root;
  private TrackedRun run;

  @BeforeEach
  void sample() throws IOException {
    root = folder.resolve("deep/store");
    run = SampleRun.in(folder);
  }

  private Path track() throws NotTracked {
    return Path.of(new FileStore(root).track(run));
  }

  /** Contents by path below the root, without what differs from run to run. */
  private Map<String, Object> files(Path run) throws IOException {
    Path experiment = run.getParent();
    Map<String, Object> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            neutral(root.relativize(file).toString(), run, experiment),
            content(file.toString(), neutral(Files.readString(file), run, experiment)));
      }
    }
    return files;
  }

  private String neutral(String text, Path run, Path experiment) {
    return text.replace(root.toString(), "/ROOT")
        .replace(run.getFileName().toString(), "RUN")
        .replace(experiment.getFileName().toString(), "EXPERIMENT");
  }

  /** Metrics by value, since 1e-07 and 1.0E-7 are one; descriptions by key. */
  private Object content(String name, String text) throws IOException {
    if (name.contains("/metrics/")) {
      return text.lines().map(FileStoreTest::point).toList();
    } else if (name.endsWith("meta.yaml")) {
      Map<String, String> meta =
          new HashMap<>(MetaYaml.read(Files.writeString(folder.resolve("meta"), text)));
      meta.keySet().removeAll(List.of("creation_time", "last_update_time"));
      meta.keySet().removeAll(OTHER_VERSIONS);
      return meta;
    }
    return text;
  }

  private static List<Object> point(String line) {
    String[] words = line.split(" ");
    String value = words[1].replace("inf", "Infinity").replace("nan", "NaN");
    return List.of(words[0], Double.valueOf(value), words[2]);
  }

  @Test
  void hasTheFilesThatMlflowWrites() throws Exception {
    Map<String, Object> expected = new TreeMap<>();
    for (Map.Entry<String, JsonNode> file :
        Recording.read("directory").path("directory").properties()) {
      expected.put(file.getKey(), content("/" + file.getKey(), file.getValue().asText()));
    }
    Map<String, Object> written = files(track());
    assertEquals(expected.keySet(), written.keySet());
    expected.forEach((name, content) -> assertEquals(content, written.get(name), name));
  }

  @Test
  void laterRunsJoinTheirExperiment() throws Exception {
    Path first = track();
    Path second = track();
    assertEquals(first.getParent(), second.getParent());
    assertTrue(Files.isRegularFile(first.resolve("artifacts/result.json")));
    assertTrue(Files.isRegularFile(second.resolve("artifacts/result.json")));
  }

  @Test
  void anExperimentIsFoundByItsNameWhoeverMadeIt() throws Exception {
    Path made = Files.createDirectories(root.resolve("42"));
    Files.writeString(made.resolve("meta.yaml"), "name: 'subject tracing: \"\u00e9\"'\n");
    Files.createDirectories(root.resolve("broken"));
    Files.writeString(root.resolve("broken/meta.yaml"), "{{{");
    assertEquals(made, track().getParent());
  }

  @Test
  void aDeletedExperimentIsNotFilled() throws Exception {
    Path experiment = track().getParent();
    Files.createDirectories(root.resolve(".trash"));
    Files.move(experiment, root.resolve(".trash").resolve(experiment.getFileName()));
    String reason = assertThrows(NotTracked.class, this::track).getMessage();
    assertTrue(reason.contains("is deleted in " + root), reason);
  }

  @Test
  void aFileThatIsNotThereLeavesNoRun() throws Exception {
    Files.delete(folder.resolve("result.json"));
    assertThrows(NotTracked.class, this::track);
    try (Stream<Path> all = Files.walk(root)) {
      assertEquals(1, all.filter(Files::isRegularFile).count()); // the experiment's description
    }
  }

  @Test
  void aPlaceThatIsNoDirectoryIsAReason() throws Exception {
    Files.createDirectories(root.getParent());
    Files.writeString(root, "a file", StandardCharsets.UTF_8);
    String reason = assertThrows(NotTracked.class, this::track).getMessage();
    assertTrue(reason.contains(root + " cannot be written to"), reason);
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://host/x, neither a directory nor",
    "sqlite:///x.db, neither a directory nor",
    "http:///x, neither a directory nor",
    "http://user:word@host, MLFLOW_TRACKING_USERNAME",
    "http://host/?a=b, ends with its path",
    "http://host:99999, ports end at",
    "http://a b, it is no address",
    "file://host/x, on this machine"
  })
  void otherPlacesAreRefused(String place, String why) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Tracker.of(place, Map.of()));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }
}
