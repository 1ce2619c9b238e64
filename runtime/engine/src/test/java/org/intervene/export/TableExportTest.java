package org.intervene.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.export.TableExport.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every form of one small result. The binary files beside it were read by pyarrow and numpy ({@code
 * tests/reference/check_export.py}).
 */
class TableExportTest {
  private static final Path FILES = Path.of("src/test/resources/export");
  private static final StoredResult RESULT = StoredResult.read(FILES.resolve("result"));

  @TempDir Path folder;

  private static TableExport table(Rows rows, String... metrics) {
    return new TableExport(
        RESULT,
        new Wanted(List.of(), List.of(metrics)),
        rows,
        Optional.empty(),
        OptionalInt.empty());
  }

  @Test
  void markdownRoundsAndLeavesGapsEmpty() {
    assertEquals(
        """
        | run          | layer | site           | metric |     mean |  95 % interval |
        | ------------ | ----- | -------------- | ------ | -------: | -------------: |
        | clean        |       |                | ld     |     2.50 |   [2.00, 3.00] |
        | patched\\_50% | 0     | z              | ld     |    -1.25 | [-2.00, -0.50] |
        | patched\\_50% | 0     | mlp\\_out \\\\ {} | ld     |     0.00 |                |
        | patched\\_50% | 1     | mlp\\_out \\\\ {} | ld     |      NaN |                |
        | patched\\_50% | 0     |                | p      |     1E-9 |  [1E-10, 1E-8] |
        | patched\\_50% | 1     |                | p      | infinity |                |
        """,
        table(Rows.POINTS).markdown());
  }

  @Test
  void latexEscapesWhatMeansSomethingToIt() {
    assertEquals(
        """
        % export & import
        % spec sha256:00ff
        \\begin{tabular}{llllrr}
        \\hline
        run & layer & site & metric & mean & 95 \\% interval \\\\
        \\hline
        clean &  &  & ld & $2.50$ & $[2.00, 3.00]$ \\\\
        patched\\_50\\% & 0 & z & ld & $-1.25$ & $[-2.00, -0.50]$ \\\\
        patched\\_50\\% & 0 & mlp\\_out \\textbackslash{} \\{\\} & ld & $0.00$ &  \\\\
        patched\\_50\\% & 1 & mlp\\_out \\textbackslash{} \\{\\} & ld & $\\mathrm{NaN}$ &  \\\\
        patched\\_50\\% & 0 &  & p & $1\\times10^{-9}$ & $[1\\times10^{-10}, 1\\times10^{-8}]$ \\\\
        patched\\_50\\% & 1 &  & p & $\\mathrm{infinity}$ &  \\\\
        \\hline
        \\end{tabular}
        """,
        table(Rows.POINTS).latex());
  }

  @Test
  void anAxisCanBecomeColumns() {
    TableExport across =
        new TableExport(
            RESULT,
            new Wanted(List.of("patched_50%"), List.of("ld")),
            Rows.POINTS,
            Optional.of("layer"),
            OptionalInt.of(1));
    assertEquals(
        """
        | run          | site           | metric |           layer 0 | layer 1 |
        | ------------ | -------------- | ------ | ----------------: | ------: |
        | patched\\_50% | z              | ld     | -1.3 [-2.0, -0.5] |         |
        | patched\\_50% | mlp\\_out \\\\ {} | ld     |               0.0 |     NaN |
        """,
        across.markdown());
  }

  @Test
  void csvHasAllDigits() {
    assertEquals(
        """
        run,metric,mean,low,high
        clean,ld,2.5,2.0,3.0
        patched_50%,ld,-0.5,,
        patched_50%,p,1.0E-9,1.0E-10,1.0E-8
        """,
        table(Rows.RUNS).csv());
    assertEquals(
        """
        run,layer,site,example,metric,value
        patched_50%,0,,0,p,1.0E-9
        patched_50%,1,,0,p,Infinity
        """,
        table(Rows.EXAMPLES, "p").csv());
  }

  @Test
  void parquetIsTheFileThatOthersRead() throws IOException {
    assertArrayEquals(kept("points.parquet", parquet(Rows.POINTS)), parquet(Rows.POINTS));
    assertArrayEquals(kept("examples.parquet", parquet(Rows.EXAMPLES)), parquet(Rows.EXAMPLES));
  }

  @Test
  void npzHoldsTheArraysThatOthersRead() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new NpzExport(RESULT, Wanted.ALL).write(out);
    Map<String, byte[]> kept = entries(kept("result.npz", out.toByteArray()));
    Map<String, byte[]> now = entries(out.toByteArray());
    assertEquals(kept.keySet(), now.keySet());
    kept.forEach((name, bytes) -> assertArrayEquals(bytes, now.get(name), name));
  }

  private static byte[] parquet(Rows rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    table(rows).parquet(out);
    return out.toByteArray();
  }

  /** A file beside this test; {@code -Dgolden.update=true} writes it. */
  private static byte[] kept(String name, byte[] now) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.write(FILES.resolve(name), now);
    }
    return Files.readAllBytes(FILES.resolve(name));
  }

  private static Map<String, byte[]> entries(byte[] zip) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    return entries;
  }

  @Test
  void namesThatAreNotThereAreRefused() {
    assertEquals("export.unknown", id(() -> table(Rows.POINTS, "lf").csv()));
    assertEquals(
        "export.unknown",
        id(
            () ->
                new TableExport(
                    RESULT, Wanted.ALL, Rows.POINTS, Optional.of("heads"), OptionalInt.empty())));
  }

  @Test
  void aBrokenResultIsRefused() throws IOException {
    assertEquals("export.no-result", id(() -> StoredResult.read(folder)));
    String good = Files.readString(FILES.resolve("result/result.json"));
    for (String bad :
        List.of(
            "{",
            "[]",
            good.replace("\"format\": 1", "\"format\": 2"),
            good.replace("[-1.25, 0.004, null, \"NaN\"]", "[-1.25]"),
            good.replace("[-1.25, 0.004,", "[\"x\", 0.004,"),
            good.replace("\"shape\": [2, 2]", "\"shape\": [2000000000, 2000000000]"))) {
      Files.writeString(folder.resolve("result.json"), bad);
      assertEquals("export.no-result", id(() -> StoredResult.read(folder)), bad);
    }
    Files.writeString(folder.resolve("result.json"), good);
    for (String bad : List.of("", "run,example\nclean\n", "run,metric,value\nclean,ld,much\n")) {
      Files.writeString(folder.resolve("metrics.csv"), bad);
      assertEquals(
          "export.no-result",
          id(
              () ->
                  new TableExport(
                          StoredResult.read(folder),
                          Wanted.ALL,
                          Rows.EXAMPLES,
                          Optional.empty(),
                          OptionalInt.empty())
                      .csv()),
          bad);
    }
  }

  @Test
  void aFileIsWrittenWholeOrNotAtAll() throws IOException {
    Path file = folder.resolve("a/table.csv");
    OutputFile.write(file, out -> out.write(1));
    assertEquals(
        "export.write-failed",
        id(
            () ->
                OutputFile.write(
                    file,
                    out -> {
                      out.write(2);
                      throw new IOException("No space left on device");
                    })));
    assertArrayEquals(new byte[] {1}, Files.readAllBytes(file));
    try (var files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
  }

  private static String id(Runnable action) {
    return assertThrows(DiagnosticException.class, action::run).diagnostics().get(0).id();
  }
}
