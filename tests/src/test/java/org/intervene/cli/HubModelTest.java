package org.intervene.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.intervene.engine.source.HubCache;
import org.intervene.engine.source.HubName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spec that names a branch of a hub model, in a process of its own with its own cache. */
class HubModelTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final HubName NAME = new HubName("org/tiny", "main");

  @TempDir Path folder;

  @BeforeEach
  void fillCache() throws IOException {
    HubCache cache = new HubCache(folder.resolve("hub"));
    VictimModel.in(cache.snapshot(NAME, COMMIT));
    Files.createDirectories(cache.folder(NAME).resolve("refs"));
    Files.writeString(cache.folder(NAME).resolve("refs/main"), COMMIT);
  }

  @Test
  void theResultNamesTheCommit() throws IOException, InterruptedException {
    Path result = folder.resolve("result");
    List<String> ended = run("hf:org/tiny@main", result);
    assertEquals("0", ended.get(0), ended.get(1));
    JsonNode json = new ObjectMapper().readTree(result.resolve("result.json").toFile());
    assertEquals(
        "hf:org/tiny@" + COMMIT, json.path("model").path("source").asText(), json.toString());
  }

  @Test
  void whatIsNotThereIsSaidWithTheCommandThatFetchesIt() throws IOException, InterruptedException {
    List<String> ended = run("hf:org/tiny@v2", folder.resolve("result"));
    assertEquals("3", ended.get(0), ended.get(1));
    assertTrue(ended.get(1).contains("error[model.not-cached]"), ended.get(1));
    assertTrue(
        ended.get(1).contains("help: `intervene pull hf:org/tiny@v2` downloads it"), ended.get(1));
  }

  /** Exit status and what was printed. */
  private List<String> run(String model, Path result) throws IOException, InterruptedException {
    Path spec =
        Files.writeString(
            folder.resolve("hub.ivn"),
            """
            experiment "hub"
            model "%s"
            data facts rows { text "the capital of France is" answer "Paris" }
            run clean on facts.text
            metric l = logit(answer)
            """
                .formatted(model));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("run", spec.toString(), "-o", result.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"));
    builder.environment().put("HF_HOME", folder.toString());
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return List.of(Integer.toString(process.waitFor()), printed);
  }
}
