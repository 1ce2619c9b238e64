package org.intervene.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.intervene.diagnostic.DiagnosticException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which specs a directory stands for. */
class SpecFilesTest {
  @TempDir Path folder;

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  @Test
  void aDirectoryIsEverySpecBelowItOnce() throws IOException {
    Path deep = file("b/deep/c.yaml");
    Path first = file("a.ivn");
    file("a.lock.json");
    file(".git/x.ivn");
    file("b/target/x.ivn");
    assertEquals(List.of(first, deep), SpecFiles.in(List.of(folder)));
    assertEquals(List.of(deep, first), SpecFiles.in(List.of(deep, folder, first)));
  }

  @Test
  void aFileIsItselfWhetherOrNotItIsThere() {
    Path absent = folder.resolve("absent.ivn");
    assertEquals(List.of(absent), SpecFiles.in(List.of(absent)));
  }

  @Test
  void aDirectoryWithoutSpecsIsAnError() {
    DiagnosticException none =
        assertThrows(DiagnosticException.class, () -> SpecFiles.in(List.of(folder)));
    assertEquals("replay.no-specs", none.diagnostics().get(0).id());
  }
}
