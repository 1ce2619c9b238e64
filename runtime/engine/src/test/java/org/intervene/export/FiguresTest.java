package org.intervene.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.intervene.diagnostic.DiagnosticException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
  private static final String LINE =
      """
      {"kind": "line", "value": "swept.ld", "channels": {"x": "layer"},
       "cells": {"axes": ["layer"], "shape": [2], "mean": [1.0, -2.0], "low": [0.5, null], "high": [1.5, null]}}
      """;
  private static final String HEAT_MAP =
      """
      {"kind": "heatmap", "value": "swept.ld", "channels": {"x": "pos", "y": "layer", "series": "c"},
       "cells": {"axes": ["pos", "layer", "c"], "shape": [2, 2, 2], "mean": [0, 1, 2, 3, 4, null, 6, 7],
         "low": [null, null, null, null, null, null, null, null],
         "high": [null, null, null, null, null, null, null, null]}}
      """;

  @TempDir Path folder;

  private Figures figures(String plots) throws IOException {
    Files.writeString(
        folder.resolve("result.json"),
        """
        {"format": 1, "experiment": "e", "spec": {"digest": "sha256:00"}, "intervals": {"level": 0.95},
         "runs": [{"name": "swept", "examples": 1, "metrics": [], "axes": [
           {"name": "layer", "labels": ["0", "1"], "values": [0, 1]},
           {"name": "pos", "labels": ["0", "1"], "values": [0, 1], "shown": ["0 The\u2423", "1 \u00c9t\u00e9 \u4e2d"]},
           {"name": "c", "labels": ["a", "b"], "values": []}]}],
         "plots": [%s]}
        """
            .formatted(plots));
    return new Figures(StoredResult.read(folder));
  }

  private static byte[] pdf(Figures figures, int number) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Figures.pdf(figures.picture(OptionalInt.of(number)), out);
    return out.toByteArray();
  }

  @Test
  void aPdfSaysWhatThePictureSays() throws IOException {
    Figures figures = figures(LINE + "," + HEAT_MAP);
    try (PDDocument page = Loader.loadPDF(pdf(figures, 2))) {
      assertEquals(1, page.getNumberOfPages());
      String text = new PDFTextStripper().getText(page).replaceAll("\\s", "");
      for (String label : new String[] {"1\u00c9t\u00e9?", "0The_", "layer", "pos", "swept.ld"}) {
        assertTrue(text.contains(label), label + " in " + text);
      }
      page.getPage(0)
          .getResources()
          .getFontNames()
          .forEach(name -> assertTrue(isEmbedded(page, name)));
    }
    assertArrayEquals(pdf(figures, 1), pdf(figures, 1));
  }

  private static boolean isEmbedded(PDDocument page, org.apache.pdfbox.cos.COSName name) {
    try {
      return page.getPage(0).getResources().getFont(name).isEmbedded();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aFileOfItsOwnHasItsStyle() throws IOException {
    String svg = figures(LINE).picture(OptionalInt.empty()).file();
    assertTrue(svg.startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" "), svg);
    assertTrue(svg.contains(".band { opacity: 0.2; }"), svg);
  }

  @Test
  void itHasToBeSaidWhichOfSeveral() throws IOException {
    Figures figures = figures(LINE + "," + HEAT_MAP);
    DiagnosticException which =
        assertThrows(DiagnosticException.class, () -> figures.picture(OptionalInt.empty()));
    assertEquals("export.which-figure", which.diagnostics().get(0).id());
    assertEquals(
        "choose one with `--figure`: 1 line swept.ld; 2 heatmap swept.ld, c a; 3 heatmap swept.ld, c b",
        which.diagnostics().get(0).help().get(0));
    assertThrows(DiagnosticException.class, () -> figures.picture(OptionalInt.of(4)));
    Figures none = figures("");
    assertEquals(
        "export.no-figure",
        assertThrows(DiagnosticException.class, () -> none.picture(OptionalInt.of(1)))
            .diagnostics()
            .get(0)
            .id());
  }

  @Test
  void aPlotThatWasChangedByHandIsRefused() {
    for (String bad :
        new String[] {
          LINE.replace("\"x\": \"layer\"", "\"x\": \"pos\""),
          LINE.replace("[2]", "[3]"),
          LINE.replace("[1.0, -2.0]", "[1.0, \"two\"]")
        }) {
      assertEquals(
          "export.no-result",
          assertThrows(DiagnosticException.class, () -> figures(bad)).diagnostics().get(0).id());
    }
  }
}
