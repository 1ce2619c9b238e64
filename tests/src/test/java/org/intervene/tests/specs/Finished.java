package org.intervene.tests.specs;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process that has ended.
 *
 * @param text of both its streams
 */
record Finished(int status, String text) {

  /** A Java of the same kind as this one, with the same options. */
  static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    return command;
  }

  /** The {@code intervene} command of the classes under test. */
  static Finished intervene(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = java();
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.intervene.cli.Main");
    command.addAll(List.of(arguments));
    return of(folder, Map.of(), command);
  }

  /** Any command. */
  static Finished of(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Finished(process.waitFor(), text);
  }
}
