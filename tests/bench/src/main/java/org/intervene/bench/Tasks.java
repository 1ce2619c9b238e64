package org.intervene.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is to be done, for a tool to read.
 *
 * @param model directory
 * @param repetitions of each task; with more than one, another comes first that warms up
 * @param pairs by the name of a sweep over layers and positions
 * @param specs the same sweeps and others, as specs, by name
 * @param batch inputs of equal length
 * @param batches how many of them one plain pass takes
 */
record Tasks(
    Path model,
    int threads,
    int repetitions,
    Map<String, Prompts.Pair> pairs,
    Map<String, String> specs,
    List<int[]> batch,
    List<Integer> batches) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Some sweeps alone, for this project. */
  static Tasks of(Path model, int threads, int repetitions, Map<String, String> specs) {
    return new Tasks(model, threads, repetitions, Map.of(), specs, List.of(), List.of());
  }

  Tasks withRepetitions(int count) {
    return new Tasks(model, threads, count, pairs, specs, batch, batches);
  }

  /** Writes them down. */
  Path in(Path folder) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("model", model.toString()).put("threads", threads).put("repetitions", repetitions);
    root.put("answer", Prompts.ANSWER).put("foil", Prompts.FOIL);
    ObjectNode all = root.putObject("pairs");
    pairs.forEach(
        (name, pair) -> {
          ObjectNode node = all.putObject(name);
          node.set("clean", JSON.valueToTree(pair.clean()));
          node.set("corrupt", JSON.valueToTree(pair.corrupt()));
        });
    root.set("specs", JSON.valueToTree(specs));
    root.set("batch", JSON.valueToTree(batch));
    root.set("batches", JSON.valueToTree(batches));
    return Files.writeString(folder.resolve("tasks.json"), JSON.writeValueAsString(root));
  }
}
