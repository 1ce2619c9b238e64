package org.intervene.tests.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code docs/ci.md} shows works: its test class, its command, and its workflow's steps. */
class CiPageTest {
  private static final Path WORKFLOWS = Published.ROOT.resolve(".github/workflows");
  private static final String PAGE = Published.text(Published.ROOT.resolve("docs/ci.md"));

  @TempDir Path folder;

  /** The blocks of the page in one language. */
  private static List<String> blocks(String language) {
    Matcher blocks = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$").matcher(PAGE);
    List<String> found = new ArrayList<>();
    while (blocks.find()) {
      if (blocks.group(1).equals(language)) {
        found.add(blocks.group(2));
      }
    }
    return found;
  }

  @Test
  void itsTestClassReplaysThisRepositorysSpecs() throws IOException, InterruptedException {
    Path source = Files.writeString(folder.resolve("SpecsTest.java"), blocks("java").get(0));
    String classes = System.getProperty("java.class.path");
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", classes, "-proc:none", source.toString());
    assertEquals(0, compiled);
    List<String> command = Finished.java();
    command.addAll(List.of("-cp", classes + ":" + folder, LaunchedTests.class.getName()));
    command.add("SpecsTest");
    Finished tests = Finished.of(Published.ROOT, Map.of(), command);
    assertEquals(0, tests.status(), tests.text());
    assertTrue(tests.text().contains("tests: " + Published.specs().size()), tests.text());
  }

  @Test
  void itsDependenciesAreModulesOfThisProject() {
    String build = Published.text(Published.ROOT.resolve("pom.xml"));
    for (String line : blocks("xml").get(0).lines().toList()) {
      String artifact = line.replaceFirst("<version>.*", "").replace("<dependency>", "");
      assertTrue(build.contains(artifact), artifact);
    }
  }

  @Test
  void itsCallOfTheWorkflowGivesWhatTheWorkflowTakes() {
    Map<?, ?> call = at(yaml(blocks("yaml").get(0)), "jobs", "replay");
    Map<?, ?> inputs = at(workflow("replay.yml"), "on", "workflow_call", "inputs");
    assertTrue(((String) call.get("uses")).contains(".github/workflows/replay.yml@"));
    assertTrue(inputs.keySet().containsAll(((Map<?, ?>) call.get("with")).keySet()));
    Map<?, ?> own = at(workflow("ci.yml"), "jobs", "replay");
    assertEquals("./.github/workflows/replay.yml", own.get("uses"));
    assertTrue(((Map<?, ?>) own.get("with")).containsKey("intervene"));
    assertTrue(inputs.keySet().containsAll(((Map<?, ?>) own.get("with")).keySet()));
  }

  @Test
  void theWorkflowFindsTheProgram() throws IOException, InterruptedException {
    Map<?, ?> step = step("program");
    Path output = Files.createFile(folder.resolve("output"));
    Finished run =
        bash(
            (String) step.get("run"),
            folder,
            Map.of("PROGRAM", "some/intervene@v1", "GITHUB_OUTPUT", output.toString()));
    assertEquals(0, run.status(), run.text());
    assertEquals("repository=some/intervene\nrevision=v1\n", Files.readString(output));
  }

  /** In folders as the workflow lays them out, with this build as the program. */
  @Test
  void theWorkflowReplaysReportsAndFails() throws IOException, InterruptedException {
    Map<?, ?> step = step("replay");
    Path caller = folder.resolve((String) step.get("working-directory"));
    SpecCopy first = SpecCopy.of("examples/patch.ivn", caller.resolve("specs"));
    SpecCopy.of("examples/skip.ivn", caller.resolve("more"));
    program(folder.resolve("intervene/intervene"));
    Map<String, String> github = Map.of("SPECS", "specs more", "GITHUB_ACTIONS", "true");

    Finished good = bash((String) step.get("run"), caller, github);
    assertEquals(0, good.status(), good.text());
    assertTrue(Published.text(caller.resolve("replay.xml")).contains("tests=\"2\" failures=\"0\""));

    first.move(0.5);
    Finished moved = bash((String) step.get("run"), caller, github);
    assertEquals(1, moved.status(), moved.text());
    assertTrue(Published.text(caller.resolve("replay.xml")).contains("tests=\"2\" failures=\"1\""));
    assertTrue(moved.text().contains("::error file=specs/patch.ivn,line="), moved.text());
  }

  @Test
  void itsCommandReplays() throws IOException, InterruptedException {
    String command =
        blocks("").stream().filter(b -> b.startsWith("intervene ")).findFirst().orElseThrow();
    SpecCopy.of("examples/patch.ivn", folder.resolve("specs"));
    program(folder.resolve("intervene"));
    Finished run = bash("./" + command, folder, Map.of());
    assertEquals(0, run.status(), run.text());
    assertTrue(Published.text(folder.resolve("replay.xml")).contains("tests=\"1\" failures=\"0\""));
  }

  /** A program that starts the classes under test. */
  private static void program(Path file) throws IOException {
    List<String> command = Finished.java();
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.intervene.cli.Main");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, "#!/bin/sh\nexec '" + String.join("' '", command) + "' \"$@\" --threads 1\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  private static Finished bash(String script, Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    return Finished.of(folder, environment, List.of("bash", "-e", "-c", script));
  }

  private static Map<?, ?> step(String name) {
    List<?> steps = (List<?>) at(workflow("replay.yml"), "jobs", "replay").get("steps");
    return steps.stream()
        .map(step -> (Map<?, ?>) step)
        .filter(step -> name.equals(step.get("id")) || name.equals(step.get("name")))
        .findFirst()
        .orElseThrow();
  }

  private static Map<?, ?> workflow(String name) {
    return yaml(Published.text(WORKFLOWS.resolve(name)));
  }

  private static Map<?, ?> yaml(String text) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }

  /** What stands under keys; YAML 1.1 reads the key {@code on} as true. */
  private static Map<?, ?> at(Map<?, ?> root, String... keys) {
    Map<?, ?> node = root;
    for (String key : keys) {
      Object found = node.get(key.equals("on") && node.containsKey(true) ? (Object) true : key);
      assertNotNull(found, key);
      node = (Map<?, ?>) found;
    }
    return node;
  }
}
