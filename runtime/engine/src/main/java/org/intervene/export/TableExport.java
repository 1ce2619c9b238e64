package org.intervene.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.intervene.diagnostic.DiagnosticException;

/** One table of a result, in the forms that papers and other programs read. */
public final class TableExport {
  /** What a row of the table is. */
  public enum Rows {
    /** A metric at one sweep point, averaged over examples. */
    POINTS,
    /** A metric over its whole run. */
    RUNS,
    /** A metric at one sweep point for one example. */
    EXAMPLES
  }

  private final StoredResult result;
  private final Wanted wanted;
  private final Rows rows;
  private final Optional<String> across;
  private final OptionalInt decimals;

  /**
   * @param across a sweep axis whose entries become columns, in tables for people
   * @param decimals of numbers for people; if empty, as many as tell three significant digits
   * @throws DiagnosticException if the result has no such run, metric or axis
   */
  public TableExport(
      StoredResult result,
      Wanted wanted,
      Rows rows,
      Optional<String> across,
      OptionalInt decimals) {
    this.result = result;
    this.wanted = wanted;
    this.rows = rows;
    this.across = across;
    this.decimals = decimals;
    List<String> axes = points().axes();
    across
        .filter(axis -> !axes.contains(axis))
        .ifPresent(
            axis -> {
              throw ExportProblems.unknown(result.directory(), "sweep axis", axis, axes);
            });
  }

  private Points points() {
    List<StoredMetric> metrics = result.metrics(wanted);
    return rows == Rows.RUNS ? Points.byRun(metrics) : Points.bySweep(metrics);
  }

  private Table table() {
    return rows == Rows.EXAMPLES ? Examples.of(result, wanted) : points().table();
  }

  private TextGrid grid() {
    if (rows == Rows.EXAMPLES) {
      return TextGrid.of(table());
    }
    Points points = points();
    Rounding rounding = new Rounding(points.points(), decimals);
    return across.isPresent()
        ? TextGrid.across(points, across.get(), rounding)
        : TextGrid.of(points, result.level(), rounding);
  }

  /** A table of GitHub's Markdown. */
  public String markdown() {
    return Markdown.of(grid());
  }

  /** A LaTeX {@code tabular}. */
  public String latex() {
    return Latex.of(grid(), result);
  }

  /** Comma-separated values with all digits. */
  public String csv() {
    return Csv.of(table());
  }

  /** An Apache Parquet file with all digits. */
  public void parquet(OutputStream out) throws IOException {
    Parquet.write(table(), out);
  }
}
