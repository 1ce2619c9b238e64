package org.intervene.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.intervene.ast.DataSource;

/** Rows of a file, whose name says in which format they are. */
final class FileRows {
  private FileRows() {}

  /**
   * Reads a file.
   *
   * @param folder where relative paths start
   */
  static List<Example> read(DataSource.FileRows source, Path folder, Complaints complaints) {
    String path = source.path().text().toLowerCase(Locale.ROOT);
    boolean csv = path.endsWith(".csv");
    if (!csv && !path.endsWith(".jsonl") && !path.endsWith(".ndjson")) {
      complaints.error(
          "data.file-format",
          source.path().span(),
          "%s is neither a JSONL nor a CSV file".formatted(Quoted.of(source.path().text())),
          "convert it, and name it `.jsonl` or `.csv`");
      return List.of();
    }
    Optional<DataFile> file = DataFile.read(source, folder, complaints);
    if (file.isEmpty()) {
      return List.of();
    }
    return csv
        ? new CsvRows(file.get(), complaints).read()
        : new JsonRows(file.get(), complaints).read();
  }
}
