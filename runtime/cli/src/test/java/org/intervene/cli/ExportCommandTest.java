package org.intervene.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportCommandTest {
  @TempDir Path folder;

  private final CommandRun run = new CommandRun();
  private String spec;

  @BeforeEach
  void write() throws IOException {
    spec = Files.writeString(folder.resolve("fixed.ivn"), FixedPipeline.SPEC).toString();
  }

  @Test
  void printsATableOfAStoredResultOrOfASpec() {
    String result = folder.resolve("result").toString();
    assertEquals(0, run.execute("run", spec, "-o", result), run.err());
    assertEquals(0, run.execute("export", result, "--csv"), run.err());
    String stored = run.out();
    assertTrue(stored.startsWith("run,layer,metric,mean,low,high\nclean,,l,2.0,1.0,3.0\n"), stored);
    assertEquals(0, run.execute("export", spec, "--csv"), run.err());
    assertEquals(stored, run.out());
    assertEquals(0, run.execute("export", result), run.err());
    assertTrue(run.out().startsWith("| run "), run.out());
  }

  @ParameterizedTest
  @CsvSource({
    "t.md, '| run '",
    "t.tex, '% fixed'",
    "t.csv, 'run,'",
    "t.parquet, PAR1",
    "t.npz, PK"
  })
  void theEndingSaysTheForm(String name, String start) throws IOException {
    Path file = folder.resolve(name);
    assertEquals(0, run.execute("export", spec, "-o", file.toString()), run.err());
    byte[] written = Files.readAllBytes(file);
    assertEquals(
        start, new String(written, 0, start.length(), java.nio.charset.StandardCharsets.US_ASCII));
  }

  @Test
  void saysWhatItCannotDo() {
    assertEquals(2, run.execute("export", spec, "-o", folder.resolve("t.xls").toString()));
    assertTrue(run.err().contains("does not say the form"), run.err());
    assertEquals(2, run.execute("export", spec, "--npz"));
    assertTrue(run.err().contains("add -o FILE"), run.err());
    assertEquals(2, run.execute("export", spec, "--csv", "--across", "x"));
    assertEquals(2, run.execute("export", spec, "--decimals", "-1"));
    assertEquals(2, run.execute("export", spec, "--metric", "ll"));
    assertTrue(
        run.err().contains("error[export.unknown] this result has no metric `ll`"), run.err());
    assertEquals(3, run.execute("export", folder.toString()));
    assertTrue(run.err().contains("error[export.no-result]"), run.err());
    assertEquals(3, run.execute("export", spec, "--csv", "-o", "/dev/full"));
    assertTrue(run.err().contains("error[export.write-failed]"), run.err());
    assertFalse(Files.isRegularFile(Path.of("/dev/full")), "a device stays what it is");
  }

  @Test
  void aTemporaryFolderThatTakesNothingIsSaid() {
    String before = System.setProperty("java.io.tmpdir", folder.resolve("absent").toString());
    try {
      assertEquals(3, run.execute("export", spec, "--csv"));
      assertTrue(run.err().contains("error[export.temporary]"), run.err());
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
  }
}
