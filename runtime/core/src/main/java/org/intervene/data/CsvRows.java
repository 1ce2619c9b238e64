package org.intervene.data;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.intervene.diagnostic.Diagnostic.Place;

/**
 * Rows of a CSV file as RFC 4180 has them, with a header. Every cell is a text, exactly as it
 * stands: spaces belong to it. Lines without anything are left out.
 */
final class CsvRows {
  private static final CsvFactory CSV =
      CsvFactory.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();

  private final DataFile file;
  private final Complaints complaints;
  private final List<String> header = new ArrayList<>();
  private final List<Example> examples = new ArrayList<>();
  private boolean misnamed;

  /** A cell with the place where it begins. */
  private record Cell(String text, Place place, boolean blank) {}

  CsvRows(DataFile file, Complaints complaints) {
    this.file = file;
    this.complaints = complaints;
  }

  List<Example> read() {
    try (CsvParser csv = CSV.createParser(new StringReader(file.text()))) {
      csv.setSchema(CsvSchema.emptySchema());
      csv.nextToken();
      try {
        while (!misnamed && csv.nextToken() == JsonToken.START_ARRAY) {
          add(row(csv));
        }
      } catch (JsonProcessingException e) {
        complaints.error(
            "data.csv",
            start(csv),
            "this is not CSV: " + e.getOriginalMessage().lines().findFirst().orElse("?"),
            "a cell with commas, quotes or line breaks is quoted, and a quote in it doubled");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be read", e);
    }
    return examples;
  }

  private List<Cell> row(CsvParser csv) throws IOException {
    List<Cell> cells = new ArrayList<>();
    while (csv.nextToken() == JsonToken.VALUE_STRING) {
      String text = csv.getText();
      Place place = start(csv);
      int start = (int) csv.currentTokenLocation().getCharOffset();
      boolean quoted = start < file.text().length() && file.text().charAt(start) == '"';
      if (!quoted && text.indexOf('"') >= 0) {
        complaints.error(
            "data.csv",
            place,
            "a quote stands inside a cell that does not begin with one",
            "quote the whole cell, spaces included, and double the quotes inside of it");
      }
      cells.add(new Cell(text, place, text.isEmpty() && !quoted));
    }
    return cells;
  }

  private Place start(CsvParser csv) {
    JsonLocation cell = csv.currentTokenLocation();
    return file.place(cell.getLineNr(), cell.getColumnNr());
  }

  private void add(List<Cell> cells) {
    if (cells.isEmpty() || (cells.size() == 1 && cells.get(0).blank())) {
      return;
    }
    if (header.isEmpty()) {
      cells.forEach(this::name);
      return;
    }
    if (cells.size() != header.size()) {
      complaints.error(
          "data.csv-cells",
          cells.get(0).place(),
          "this row has %d cells and the header %d".formatted(cells.size(), header.size()),
          "give every row a cell for each column; a text with a comma is quoted");
      return;
    }
    SameColumns.Cells row = new SameColumns.Cells(complaints);
    for (int i = 0; i < cells.size(); i++) {
      row.put(header.get(i), new Datum.Text(cells.get(i).text(), cells.get(i).place()));
    }
    examples.add(new Example(examples.size(), cells.get(0).place(), row.cells()));
  }

  private void name(Cell cell) {
    misnamed |= cell.text().isBlank() || header.contains(cell.text());
    if (cell.text().isBlank()) {
      complaints.error(
          "data.csv-header", cell.place(), "this column has no name", "name it in the first line");
    } else if (header.contains(cell.text())) {
      complaints.error(
          "data.duplicate-column",
          cell.place(),
          "there are two columns `%s`".formatted(cell.text()),
          "give one of them another name");
    }
    header.add(cell.text());
  }
}
