package org.intervene.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one run of the benchmark measures, and with what.
 *
 * @param root the checkout
 * @param launcher what starts this project's command line
 * @param model its shape
 * @param folder where models and tasks lie
 * @param python interpreter with the other tools
 * @param threads of every tool
 * @param repetitions of what is short
 * @param budget mebibytes that a sweep is given
 * @param quick leaves out what takes minutes
 */
record Settings(
    Path root,
    List<String> launcher,
    RandomGpt2 model,
    Path folder,
    Optional<Path> python,
    int threads,
    int repetitions,
    int budget,
    boolean quick) {
  /**
   * Runs the command line.
   *
   * @throws IOException if it fails, with what it said
   */
  void launch(String... words) throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(List.of(words));
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(
            "%s ended with status %d: %s".formatted(command, status, Files.readString(said)));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
