package org.intervene.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A tool in a process of its own, this project included: it reads tasks and says for each, in a
 * line of JSON, what it took and gave.
 *
 * @param command what to start
 */
record ToolProcess(List<String> command) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Other tools, in Python. */
  static ToolProcess python(Path interpreter, Path script) {
    return new ToolProcess(List.of(interpreter.toString(), script.toString()));
  }

  /** This project, with the options that this process was given. */
  static ToolProcess own() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> a.startsWith("-D") || a.startsWith("--") || a.startsWith("-XX:"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
    return new ToolProcess(command);
  }

  /**
   * Does tasks; a tool that is not installed is left out.
   *
   * @param tasks file that {@link Tasks} wrote
   * @param what which of them
   * @throws IOException if the process fails, with what it said
   */
  List<Timing> run(Path tasks, String... what) throws IOException {
    List<String> words = new ArrayList<>(command);
    words.add(tasks.toString());
    words.addAll(List.of(what));
    Path errors = tasks.resolveSibling("errors.txt");
    Process process = new ProcessBuilder(words).redirectError(errors.toFile()).start();
    List<Timing> timings = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{")) {
          JsonNode node = JSON.readTree(line);
          if (node.has("missing")) {
            System.err.println(node.get("tool").asText() + ": " + node.get("missing").asText());
          } else {
            timings.add(Timing.of(node));
          }
        }
      }
    }
    finished(process, errors);
    return timings;
  }

  private void finished(Process process, Path errors) throws IOException {
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(
            "%s ended with status %d: %s"
                .formatted(command.get(command.size() - 1), status, Files.readString(errors)));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
