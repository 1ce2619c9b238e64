package org.intervene.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.intervene.cli.ExportForm.Form;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.export.Figures;
import org.intervene.export.NpzExport;
import org.intervene.export.OutputFile;
import org.intervene.export.StoredResult;
import org.intervene.export.TableExport;
import org.intervene.export.Wanted;
import org.intervene.result.Pictures;
import org.intervene.result.WholeFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code intervene export}. */
@Command(
    description = "Writes tables and figures of a result for papers and for other programs.",
    footer = {
      "",
      "Without a form, the ending of -o FILE says it: .md, .tex, .csv, .parquet,",
      ".npz, .svg or .pdf.",
      "",
      "Examples:",
      "  intervene export results/tracing --latex --metric restored --across pos",
      "  intervene export results/tracing --rows examples -o restored.parquet",
      "  intervene export results/tracing -o tracing.pdf",
      "  intervene export specs/subject-tracing.ivn -o tracing.npz"
    })
final class ExportCommand implements Callable<Integer> {
  private final Pipeline pipeline;
  private final Terminal terminal;

  @Spec CommandSpec command;
  @Mixin OutputOptions output = new OutputOptions();
  @Mixin SpecOptions options = new SpecOptions();

  @ArgGroup(exclusive = true)
  ExportForm form;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "writes it there; default: standard output, for text")
  Optional<Path> target = Optional.empty();

  @Option(names = "--run", paramLabel = "RUN", description = "of this run alone; may be repeated")
  List<String> runs = new ArrayList<>();

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      description = "of this metric alone; may be repeated")
  List<String> metrics = new ArrayList<>();

  @Option(
      names = "--rows",
      paramLabel = "WHAT",
      description =
          "points: one for each sweep point, mean and interval over examples (default); runs: one"
              + " for each run; examples: one for each example and sweep point")
  TableExport.Rows rows = TableExport.Rows.POINTS;

  @Option(
      names = "--across",
      paramLabel = "AXIS",
      description = "a column for each entry of a sweep axis; in Markdown and LaTeX")
  Optional<String> across = Optional.empty();

  @Option(
      names = "--decimals",
      paramLabel = "N",
      description = "in Markdown and LaTeX; default: three significant digits of the largest mean")
  Integer decimals;

  @Option(
      names = "--figure",
      paramLabel = "N",
      description = "which figure, counted from 1, where a result has several; for --svg and --pdf")
  Integer figure;

  @Parameters(paramLabel = "DIR|SPEC", description = "what `run -o` wrote, or a spec to run first")
  Path source;

  ExportCommand(Pipeline pipeline, Terminal terminal) {
    this.pipeline = pipeline;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Form wanted = wantedForm();
    if (target.isEmpty() && !wanted.isText()) {
      throw usage("--" + wanted.name().toLowerCase(Locale.ROOT) + " is not text: add -o FILE");
    }
    if (across.isPresent()
        && (rows != TableExport.Rows.POINTS || wanted != Form.LATEX && wanted != Form.MARKDOWN)) {
      throw usage("--across is for tables of sweep points in Markdown or LaTeX");
    }
    if (decimals != null && (decimals < 0 || decimals > 17)) {
      throw usage("--decimals has to be between 0 and 17");
    }
    Reporter reporter = new Reporter(terminal, output);
    try (ResultSource result = ResultSource.open(source, pipeline, options.settings(), reporter)) {
      write(result.stored(), wanted, reporter);
      return ExitStatus.DONE;
    } catch (DiagnosticException e) {
      reporter.diagnostics(e.diagnostics(), ResultSource.text(source));
      return ExitStatus.of(e.kind());
    }
  }

  private Form wantedForm() {
    if (form != null) {
      return form.chosen();
    }
    Optional<Form> named = target.flatMap(file -> Form.ofName(file.toString()));
    if (target.isPresent() && named.isEmpty()) {
      throw usage(
          "the ending of "
              + target.get()
              + " does not say the form: add --latex, --csv or another");
    }
    return named.orElse(Form.MARKDOWN);
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  private void write(StoredResult result, Form wanted, Reporter reporter) {
    WholeFile.Content content = wanted.isFigure() ? figure(result, wanted) : table(result, wanted);
    if (target.isEmpty()) {
      reporter.print(text(content));
      return;
    }
    OutputFile.write(target.get(), content);
    reporter.say("wrote " + Screen.safe(target.get().toString()));
    reporter.event(
        "exported", JsonNodeFactory.instance.objectNode().put("file", target.get().toString()));
  }

  private WholeFile.Content figure(StoredResult result, Form wanted) {
    Pictures.Picture picture = new Figures(result).picture(given(figure));
    return wanted == Form.PDF
        ? out -> Figures.pdf(picture, out)
        : out -> out.write(picture.file().getBytes(StandardCharsets.UTF_8));
  }

  private WholeFile.Content table(StoredResult result, Form wanted) {
    Wanted part = new Wanted(runs, metrics);
    TableExport table = new TableExport(result, part, rows, across, given(decimals));
    return switch (wanted) {
      case NPZ -> new NpzExport(result, part)::write;
      case PARQUET -> table::parquet;
      default -> out -> out.write(text(table, wanted).getBytes(StandardCharsets.UTF_8));
    };
  }

  private static OptionalInt given(Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static String text(WholeFile.Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      content.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String text(TableExport table, Form wanted) {
    return switch (wanted) {
      case LATEX -> table.latex();
      case CSV -> table.csv();
      default -> table.markdown();
    };
  }
}
