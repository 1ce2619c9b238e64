package org.intervene.export;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The per-example table of a result, from its {@code metrics.csv}. */
final class Examples {
  private static final String EXAMPLE = "example";
  private static final ObjectReader CSV =
      new CsvMapper().readerFor(String[].class).with(CsvParser.Feature.WRAP_AS_ARRAY);

  private Examples() {}

  /** Columns {@code run}, the sweep axes, {@code example}, {@code metric}, {@code value}. */
  static Table of(StoredResult result, Wanted wanted) {
    result.metrics(wanted);
    Path file = result.directory().resolve("metrics.csv");
    try (MappingIterator<String[]> lines = CSV.readValues(Files.newBufferedReader(file))) {
      List<String> names = lines.hasNext() ? Arrays.asList(lines.next()) : List.of();
      if (names.size() < 3) {
        throw ExportProblems.noResult(file, "it has no table");
      }
      List<Object[]> rows = new ArrayList<>();
      while (lines.hasNext()) {
        String[] line = lines.next();
        if (line.length != names.size()) {
          throw ExportProblems.noResult(file, "a line has " + line.length + " fields");
        }
        if (wanted.includes(line[0], line[line.length - 2])) {
          rows.add(row(result, names, line));
        }
      }
      return Table.of(names, rows);
    } catch (IOException | NumberFormatException e) {
      throw ExportProblems.noResult(file, "it cannot be read");
    }
  }

  private static Object[] row(StoredResult result, List<String> names, String[] line) {
    Object[] row = new Object[line.length];
    for (int c = 0; c < row.length; c++) {
      if (c == 0 || c == row.length - 2) {
        row[c] = line[c];
      } else if (c == row.length - 1) {
        row[c] = Double.valueOf(line[c]);
      } else if (!line[c].isEmpty()) {
        row[c] =
            names.get(c).equals(EXAMPLE)
                ? (Object) Long.valueOf(line[c])
                : entry(result, line[0], names.get(c), line[c]);
      }
    }
    return row;
  }

  /** A label of an axis as the number that it stands for, where all its labels do. */
  private static Object entry(StoredResult result, String run, String axis, String label) {
    Optional<StoredAxis> known =
        result.runs().stream()
            .filter(r -> r.name().equals(run))
            .flatMap(r -> r.axis(axis).stream())
            .findFirst();
    int index = known.map(a -> a.labels().indexOf(label)).orElse(-1);
    return index < 0 ? label : known.get().entry(index);
  }
}
