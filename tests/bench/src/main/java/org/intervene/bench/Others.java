package org.intervene.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Other tools, in a Python process of their own. */
final class Others {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path python;
  private final Path script;
  private final Path tasks;

  /**
   * @param python an interpreter with torch, transformers and whatever else is to be measured
   * @param folder where the tasks are written to
   */
  Others(Path python, Path script, Path folder) {
    this.python = python;
    this.script = script;
    this.tasks = folder.resolve("tasks.json");
  }

  /** Writes down what is to be done. */
  void tasks(
      Path model,
      int threads,
      int repetitions,
      Map<String, Prompts.Pair> pairs,
      List<int[]> batch,
      List<Integer> batches)
      throws IOException {
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
    root.set("batch", JSON.valueToTree(batch));
    root.set("batches", JSON.valueToTree(batches));
    Files.writeString(tasks, JSON.writeValueAsString(root));
  }

  /** Runs some tools; one that is not installed is left out. */
  List<Timing> run(String... tools) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(python.toString());
    command.add(script.toString());
    command.add(tasks.toString());
    command.addAll(List.of(tools));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<Timing> timings = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{")) {
          timing(JSON.readTree(line)).ifPresent(timings::add);
        }
      }
    }
    try {
      int status = process.waitFor();
      if (status != 0) {
        System.err.printf("%s ended with status %d%n", String.join(" ", command), status);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
    return timings;
  }

  private static java.util.Optional<Timing> timing(JsonNode line) {
    if (line.has("missing")) {
      System.err.println(line.get("tool").asText() + ": " + line.get("missing").asText());
      return java.util.Optional.empty();
    }
    List<double[]> values = new ArrayList<>();
    line.get("values").forEach(row -> values.add(row.isArray() ? numbers(row) : one(row)));
    return java.util.Optional.of(
        new Timing(
            line.get("task").asText(),
            line.get("tool").asText(),
            numbers(line.get("seconds")),
            values));
  }

  private static double[] one(JsonNode number) {
    return new double[] {number.asDouble()};
  }

  private static double[] numbers(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
