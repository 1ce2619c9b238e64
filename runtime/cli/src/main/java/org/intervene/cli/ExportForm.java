package org.intervene.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which form {@code intervene export} writes. */
final class ExportForm {
  /** A form with the endings of its files. */
  enum Form {
    MARKDOWN("md", "markdown"),
    LATEX("tex"),
    CSV("csv"),
    PARQUET("parquet"),
    NPZ("npz"),
    SVG("svg"),
    PDF("pdf");

    private final String[] endings;

    Form(String... endings) {
      this.endings = endings;
    }

    /** Whether it can be shown on a terminal. */
    boolean isText() {
      return this != PARQUET && this != NPZ && this != PDF;
    }

    /** Whether it is a picture rather than a table. */
    boolean isFigure() {
      return this == SVG || this == PDF;
    }

    static Optional<Form> ofName(String file) {
      String name = file.toLowerCase(Locale.ROOT);
      return Arrays.stream(values())
          .filter(form -> Arrays.stream(form.endings).anyMatch(e -> name.endsWith("." + e)))
          .findFirst();
    }
  }

  @Option(names = "--markdown", description = "a table of GitHub's Markdown (default)")
  boolean markdown;

  @Option(names = "--latex", description = "a LaTeX tabular that needs no package")
  boolean latex;

  @Option(names = "--csv", description = "comma-separated values, all digits")
  boolean csv;

  @Option(names = "--parquet", description = "an Apache Parquet file, all digits")
  boolean parquet;

  @Option(names = "--npz", description = "numpy arrays: metrics as grids, axes, collected tensors")
  boolean npz;

  @Option(names = "--svg", description = "a figure of a `plot`, as SVG")
  boolean svg;

  @Option(names = "--pdf", description = "the same as PDF, its font included")
  boolean pdf;

  Form chosen() {
    if (latex) {
      return Form.LATEX;
    } else if (csv) {
      return Form.CSV;
    } else if (parquet) {
      return Form.PARQUET;
    }
    if (svg || pdf) {
      return svg ? Form.SVG : Form.PDF;
    }
    return npz ? Form.NPZ : Form.MARKDOWN;
  }
}
