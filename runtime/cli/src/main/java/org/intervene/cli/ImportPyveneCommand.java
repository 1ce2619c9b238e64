package org.intervene.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.SourceText;
import org.intervene.diagnostic.Span;
import org.intervene.pyvene.PyveneImport;
import org.intervene.read.Notation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code intervene import pyvene}. */
@Command(
    name = "pyvene",
    description = {
      "Makes a spec of a directory that pyvene's IntervenableModel.save wrote, or",
      "says what in it has no equivalent. Weights are read without running anything",
      "in them."
    },
    footer = {
      "",
      "Example:",
      "  intervene import pyvene saved/ --model builtin:primer -o swap.ivn",
      "",
      "pyvene saves neither the inputs nor the places of a call. `--call call.json`",
      "names a JSON file with the arguments of IntervenableModel.forward: base,",
      "sources, unit_locations, subspaces. Without it the spec has texts and",
      "parameters to fill in.",
      "",
      "Exit status: 0 done; 2 something has no equivalent; 3 a file is missing or",
      "broken."
    })
final class ImportPyveneCommand implements Callable<Integer> {
  private final Pipeline pipeline;
  private final Terminal terminal;

  @picocli.CommandLine.Spec picocli.CommandLine.Model.CommandSpec command;
  @Mixin OutputOptions output = new OutputOptions();

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "the model that it was saved for, as a spec names it")
  String model;

  @Option(names = "--call", paramLabel = "FILE", description = "the arguments of the call, as JSON")
  Optional<Path> call = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "SPEC",
      description = "a new file ending in .ivn or .yaml; default: prints the spec")
  Optional<Path> file = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "NOTATION",
      description = "ivn or yaml; default: as SPEC ends")
  Optional<Notation> to = Optional.empty();

  @Parameters(paramLabel = "DIR", description = "holds config.json and intkey_*.bin")
  Path directory;

  ImportPyveneCommand(Pipeline pipeline, Terminal terminal) {
    this.pipeline = pipeline;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Notation notation = notation();
    Reporter reporter = new Reporter(terminal, output);
    try {
      PyveneImport imported =
          PyveneImport.of(
              new PyveneImport.Request(
                  directory, call, modelOfSpec(), pipeline.describe(model), weights().toString()));
      deliver(imported, notation, reporter);
      return ExitStatus.DONE;
    } catch (DiagnosticException e) {
      e.diagnostics().forEach(d -> reporter.diagnostics(List.of(d), source(d)));
      return ExitStatus.of(e.kind());
    }
  }

  private void deliver(PyveneImport imported, Notation notation, Reporter reporter) {
    if (file.isPresent()) {
      imported.write(file.get(), notation, file.get().resolveSibling(weights()));
      reporter.say("wrote " + Screen.safe(file.get().toString()));
    } else if (imported.tensors().isEmpty()) {
      reporter.print(imported.in(notation));
    } else {
      throw DiagnosticException.spec(
          Diagnostic.inFile(
              "pyvene.needs-output",
              directory.toString(),
              "the spec needs a file of weights beside it, so it cannot be printed",
              "name the spec that is written: `-o swap.ivn`"));
    }
    if (imported.open()) {
      reporter.diagnostics(List.of(stillOpen()), Optional.empty());
    }
  }

  private Diagnostic stillOpen() {
    return Diagnostic.note(
            "pyvene.inputs-open",
            Span.NONE,
            "pyvene saved neither inputs nor places, so the spec has BASE, SOURCE and parameters",
            "write them in, or give the call's arguments: `--call call.json`")
        .in(directory.toString());
  }

  /** From {@code --to}, or from how the spec's name ends. */
  private Notation notation() {
    Optional<Notation> named = file.flatMap(f -> Notation.of(f.toString()));
    if (file.isPresent() && (named.isEmpty() || to.filter(t -> t != named.get()).isPresent())) {
      throw new ParameterException(
          command.commandLine(), "the name of the spec has to end in .ivn or .yaml, as --to says");
    }
    return to.or(() -> named).orElse(Notation.IVN);
  }

  /** The file of weights, beside the spec. */
  private Path weights() {
    String name = file.map(f -> f.getFileName().toString()).orElse("weights.ivn");
    return Path.of(name.substring(0, name.lastIndexOf('.')) + ".safetensors");
  }

  /** A directory here is named from the spec's folder, where relative paths start. */
  private String modelOfSpec() {
    if (!Files.isDirectory(Path.of(model)) || file.isEmpty()) {
      return model;
    }
    Path folder = file.get().toAbsolutePath().normalize().getParent();
    Path relative = folder.relativize(Path.of(model).toAbsolutePath().normalize());
    return relative.toString().replace('\\', '/');
  }

  private static Optional<SourceText> source(Diagnostic found) {
    Path path = Path.of(found.place().file());
    if (found.place().span().line() == 0 || !Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(SourceText.of(found.place().file(), Files.readString(path)));
    } catch (java.io.IOException e) {
      return Optional.empty(); // the message stands without the line
    }
  }
}
