package org.intervene.tests.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the program as the pages under {@code docs/} do, and holds what they show to it. */
final class ShownOutput {
  private ShownOutput() {}

  /**
   * Checks that a page shows what a command prints, under a line that starts with {@code $
   * ./intervene}. {@code -Dgolden.update=true} writes what it prints now, and fails.
   */
  static void isCurrent(Path page, String arguments) throws IOException, InterruptedException {
    String text = Published.text(page);
    String line = "$ ./intervene " + arguments + "\n";
    int start = text.indexOf(line) + line.length();
    int end = text.indexOf("```", start);
    String printed = of(arguments.split(" "));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(page, text.substring(0, start) + printed + text.substring(end));
      fail(page + " was written; read it before you commit it");
    }
    assertEquals(text.substring(start, end), printed);
  }

  /** What a command prints, run in the repository's root. */
  static String of(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.intervene.cli.Main");
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile("shown", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Published.ROOT.toFile())
            .redirectError(errors.toFile());
    builder.environment().keySet().removeAll(List.of("COLUMNS", "TERM", "COLORTERM"));
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed + Published.text(errors));
    assertEquals("", Published.text(errors));
    Files.delete(errors);
    return printed;
  }
}
