package org.intervene.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.print.Printer;
import org.intervene.read.Notation;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code intervene fmt}. */
@Command(
    description = "Lays specs out in the one usual way, or turns one notation into the other.",
    footer = {
      "",
      "Examples:",
      "  intervene fmt --write specs/*.ivn",
      "  intervene fmt --to yaml specs/subject-tracing.ivn > subject-tracing.yaml"
    })
final class FmtCommand implements Callable<Integer> {
  private final Terminal terminal;

  @picocli.CommandLine.Spec picocli.CommandLine.Model.CommandSpec command;
  @Mixin OutputOptions output = new OutputOptions();

  @Option(names = "--to", paramLabel = "NOTATION", description = "ivn or yaml; default: as it is")
  Optional<Notation> to = Optional.empty();

  @Option(names = "--write", description = "changes the files instead of printing them")
  boolean write;

  @Option(names = "--check", description = "changes nothing; status 1 if a file would change")
  boolean check;

  @Parameters(arity = "1..*", paramLabel = "SPEC", description = "files ending in .ivn or .yaml")
  List<Path> specs = new ArrayList<>();

  FmtCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (to.isPresent() && (write || check)) {
      throw new ParameterException(
          command.commandLine(),
          "--to prints the other notation; it goes with neither --write nor --check");
    }
    Reporter reporter = new Reporter(terminal, output);
    int worst = ExitStatus.DONE;
    for (Path spec : specs) {
      worst = Math.max(worst, format(spec, reporter));
    }
    return worst;
  }

  private int format(Path file, Reporter reporter) {
    Reading reading = SpecReader.read(file);
    try {
      SpecFile.require(reading);
      Notation notation = to.or(() -> Notation.of(file.toString())).orElse(Notation.IVN);
      String text =
          notation == Notation.IVN
              ? Printer.dsl(reading.spec().get(), reading.comments())
              : Printer.yaml(reading.spec().get(), reading.comments());
      if (!write && !check) {
        reporter.print(text);
        return ExitStatus.DONE;
      }
      boolean same = text.equals(reading.source().text());
      if (!same) {
        reporter.say((write ? "changed " : "would change ") + Screen.safe(file.toString()));
      }
      if (write && !same) {
        replace(file, text);
      }
      return check && !same ? ExitStatus.FAILED : ExitStatus.DONE;
    } catch (DiagnosticException e) {
      reporter.diagnostics(e.diagnostics(), Optional.of(reading.source()));
      return ExitStatus.of(e.kind());
    }
  }

  /** The old text stays until the new one is written whole. */
  private static void replace(Path file, String text) {
    Path real = file;
    Path fresh = null;
    try {
      real = file.toRealPath();
      fresh = real.resolveSibling("." + real.getFileName() + ".fmt");
      Files.writeString(fresh, text);
      Files.move(fresh, real, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw DiagnosticException.resource(
          Diagnostic.inFile(
              "file.write-failed",
              real.toString(),
              "the file cannot be written: " + e.getMessage(),
              "make it writable, or print the new text without `--write`"));
    }
  }
}
