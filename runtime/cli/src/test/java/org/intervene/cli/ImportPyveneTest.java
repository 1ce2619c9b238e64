package org.intervene.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code intervene import pyvene}: what it prints and writes, and with which status. */
class ImportPyveneTest {
  private static final String CONFIG =
      """
      {"representations": [[1, "block_output", "pos", 1, null, null, null, null, null, null, null,
                            null, null, null]],
       "intervention_types": ["<class 'pyvene.models.interventions.VanillaIntervention'>"],
       "intervention_dimensions": [8],
       "mode": "parallel"}
      """;

  @TempDir Path folder;

  private final CommandRun run = new CommandRun();
  private Path saved;

  @BeforeEach
  void write() throws IOException {
    saved = Files.createDirectory(folder.resolve("saved"));
    Files.writeString(saved.resolve("config.json"), CONFIG);
  }

  private int execute(String... arguments) {
    return run.execute(arguments);
  }

  private String out() {
    return run.out();
  }

  private String err() {
    return run.err();
  }

  @Test
  void printsASpecAndWhatIsOpenInIt() {
    assertEquals(
        0, execute("import", "pyvene", saved.toString(), "--model", "builtin:fixed"), err());
    assertTrue(out().contains("model \"builtin:fixed\""), out());
    assertTrue(out().contains("  patch resid_post[1] @ pos from source\n"), out());
    assertTrue(err().contains("note[pyvene.inputs-open]"), err());
    assertEquals(
        0,
        execute("import", "pyvene", saved.toString(), "--model", "builtin:fixed", "--to", "yaml"),
        err());
    assertTrue(out().contains("- patch resid_post[1] @ pos from source\n"), out());
  }

  @Test
  void writesASpecInTheNotationOfItsName() throws IOException {
    Path spec = folder.resolve("swap.yaml");
    String[] arguments = {
      "import", "pyvene", saved.toString(), "--model", saved.toString(), "-o", spec.toString()
    };
    assertEquals(0, execute(arguments), err());
    assertTrue(Files.readString(spec).contains("source: saved"), Files.readString(spec));
    assertEquals(2, execute(arguments));
    assertTrue(err().contains("error[file.exists]"), err());
    assertEquals(
        2, execute("import", "pyvene", "d", "--model", "m", "-o", "a.yaml", "--to", "ivn"));
    assertEquals(2, execute("import", "pyvene", "d", "--model", "m", "-o", "a.txt"));
  }

  @Test
  void showsThePlaceOfWhatHasNoEquivalent() throws IOException {
    Files.writeString(saved.resolve("config.json"), CONFIG.replace("Vanilla", "Noise"));
    assertEquals(2, execute("import", "pyvene", saved.toString(), "--model", "builtin:fixed"));
    assertTrue(err().contains("error[pyvene.no-equivalent] `intervention_types[0]`"), err());
    assertTrue(err().contains("config.json:3:"), err());
    assertTrue(err().contains("^^^^"), err());
  }

  @Test
  void saysThatThereIsNothingToImport() {
    assertEquals(3, execute("import", "pyvene", "nowhere", "--model", "builtin:fixed"));
    assertTrue(err().contains("error[pyvene.missing-file]"), err());
    assertEquals(2, execute("import"));
    assertEquals(2, execute("import", "pyvene", saved.toString()));
    assertTrue(err().contains("--model"), err());
    assertEquals(0, execute("import", "pyvene", "--help"));
    assertTrue(out().contains("--call call.json"), out());
  }
}
