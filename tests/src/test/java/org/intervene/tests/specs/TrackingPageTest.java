package org.intervene.tests.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code docs/tracking.md} shows is what its commands do. {@code -Dgolden.update=true} writes
 * what they do now, and fails.
 */
class TrackingPageTest {
  private static final Path PAGE = Published.ROOT.resolve("docs/tracking.md");
  private static final String COMMAND = "$ ./intervene run specs/subject-tracing.ivn --track ";
  private static final String BLOCK = "\n```\n```\n";

  @TempDir Path folder;

  @Test
  void aDirectoryHasTheFilesThatThePageShows() throws IOException, InterruptedException {
    run("runs");
    List<String> lines = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder.resolve("runs"))) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        lines.add(neutral(folder.relativize(file)));
      }
    }
    assertShown("runs", String.join("\n", lines) + "\n");
  }

  @Test
  void everyKeyOfARunIsOnThePage() throws IOException, InterruptedException {
    run("runs");
    String page = Published.text(PAGE);
    try (Stream<Path> all = Files.walk(folder.resolve("runs"))) {
      List<Path> kept = all.filter(f -> f.toString().matches(".*/(params|tags)/.*")).toList();
      for (Path file : kept.stream().filter(Files::isRegularFile).toList()) {
        String key = file.toString().replaceFirst(".*/(params|tags)/", "");
        String general = key.replaceFirst("^(param\\.|intervene\\.digest\\.data/).*", "$1NAME");
        assertTrue(page.contains("/" + key + "\n") && page.contains(start(general)), key);
      }
    }
  }

  private static String start(String key) {
    boolean digest = key.startsWith("intervene.digest.") && !key.endsWith("NAME");
    boolean name = key.equals("mlflow.runName") || key.equals("mlflow.source.type");
    return digest ? "`intervene.digest." : name ? "mlflow." : "`" + key + "`";
  }

  @Test
  void aServerThatIsNotThereIsANote() throws IOException, InterruptedException {
    String said = run("http://localhost:1");
    List<String> lines = said.lines().filter(l -> l.startsWith("note[track.failed]")).toList();
    assertShown("http://localhost:1", String.join("\n", lines) + "\n");
  }

  /** Experiments and runs have numbers and names of their own. */
  private static String neutral(Path file) {
    return file.toString().replaceAll("[0-9a-f]{32}", "RUN").replaceAll("[0-9]{18}", "EXPERIMENT");
  }

  private static void assertShown(String place, String seen) throws IOException {
    String page = Published.text(PAGE);
    int start = page.indexOf(COMMAND + place + BLOCK) + (COMMAND + place + BLOCK).length();
    int end = page.indexOf("```", start);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, page.substring(0, start) + seen + page.substring(end));
      fail("docs/tracking.md was written; read it before you commit it");
    }
    assertEquals(page.substring(start, end), seen);
  }

  /** Runs the page's command in a folder of its own; what it says on standard error. */
  private String run(String place) throws IOException, InterruptedException {
    Path spec = Files.createDirectories(folder.resolve("specs")).resolve("subject-tracing.ivn");
    Files.copy(Published.ROOT.resolve("specs/subject-tracing.ivn"), spec);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("org.intervene.cli.Main", "run", "specs/subject-tracing.ivn"));
    command.addAll(List.of("--threads", "1", "--track", place));
    Path errors = folder.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile());
    builder.environment().keySet().removeAll(List.of("COLUMNS", "TERM", "COLORTERM"));
    assertEquals(0, builder.start().waitFor(), Published.text(errors));
    return Published.text(errors);
  }
}
