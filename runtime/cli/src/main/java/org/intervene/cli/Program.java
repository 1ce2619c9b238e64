package org.intervene.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Suggestions;
import org.intervene.execute.ExecutionStopped;
import org.intervene.experiment.MemoryExhausted;
import org.intervene.experiment.Options;
import org.intervene.export.TableExport;
import org.intervene.read.Notation;
import org.intervene.result.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands together, and what becomes of errors in any of them. */
final class Program {
  /** An error of the program itself (EX_SOFTWARE of sysexits.h). */
  static final int INTERNAL = 70;

  private final Pipeline pipeline;
  private final Terminal terminal;

  Program(Pipeline pipeline, Terminal terminal) {
    this.pipeline = pipeline;
    this.terminal = terminal;
  }

  /** What stands above the commands. */
  @Command(
      name = "intervene",
      description = "Runs experiments on the inside of neural networks, written as specs.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "Example:",
        "  intervene run specs/subject-tracing.ivn",
        "",
        "`intervene COMMAND --help` says more about one command."
      })
  static final class Root {}

  /** Runs a command line; returns the exit status. */
  int execute(String... arguments) {
    CommandLine line = commandLine(arguments);
    if (arguments.length == 0) {
      line.usage(line.getOut());
      return ExitStatus.SPEC;
    }
    try {
      return heard(line.execute(arguments));
    } catch (OutOfMemoryError | LinkageError e) { // a class that could not be loaded is one, too
      Optional<Diagnostic> full = MemoryExhausted.of(e);
      if (full.isEmpty()) {
        throw e;
      }
      return exhausted(full.get(), List.of(arguments));
    }
  }

  /** The status, unless what was said could not be written. */
  private int heard(int status) {
    if (!terminal.out().checkError()) {
      return status;
    }
    terminal.err().println("error[output.failed] standard output cannot be written");
    terminal.err().println("help: free the space that it needs, or send it elsewhere");
    return ExitStatus.RESOURCE;
  }

  private CommandLine commandLine(String... arguments) {
    CommandLine line = new CommandLine(new Root());
    new Commands(pipeline, terminal).addTo(line, arguments);
    Screen screen = terminal.screen(Screen.When.AUTO);
    Ansi ansi = screen.hasColours() ? Ansi.ON : Ansi.OFF;
    line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
    line.setOut(new java.io.PrintWriter(terminal.out(), true));
    line.setErr(new java.io.PrintWriter(terminal.err(), true));
    line.registerConverter(Notation.class, new Choice<>(Notation.class));
    line.registerConverter(Options.Strategy.class, new Choice<>(Options.Strategy.class));
    line.registerConverter(TableExport.Rows.class, new Choice<>(TableExport.Rows.class));
    line.registerConverter(Screen.When.class, new Choice<>(Screen.When.class));
    line.setUsageHelpWidth(Math.min(100, screen.width()));
    line.setParameterExceptionHandler((e, all) -> wrongArguments(e));
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, parsed.originalArgs()));
    addHelp(line);
    return line;
  }

  private static void addHelp(CommandLine line) {
    line.getCommandSpec().mixinStandardHelpOptions(true);
    line.getCommandSpec().version("intervene " + Version.program());
    line.getSubcommands().values().forEach(Program::addHelp);
  }

  private int wrongArguments(ParameterException e) {
    CommandLine line = e.getCommandLine();
    terminal.err().println("error[usage] " + Screen.safe(e.getMessage()));
    suggestion(e).ifPresent(s -> terminal.err().println("help: " + s));
    terminal.err().println("help: see `" + line.getCommandSpec().qualifiedName() + " --help`");
    return ExitStatus.SPEC;
  }

  private static Optional<String> suggestion(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return Optional.empty();
    }
    CommandLine line = e.getCommandLine();
    String word = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
    Collection<String> known =
        word.startsWith("-")
            ? line.getCommandSpec().optionsMap().keySet()
            : line.getSubcommands().keySet();
    return Suggestions.didYouMean(word, new TreeSet<>(known));
  }

  private int exhausted(Diagnostic full, Collection<String> arguments) {
    report(List.of(full), arguments);
    Interruption.kept().forEach(line -> terminal.err().println(line));
    return ExitStatus.MEMORY;
  }

  private void report(List<Diagnostic> diagnostics, Collection<String> arguments) {
    new Reporter(terminal, OutputOptions.of(arguments)).diagnostics(diagnostics, Optional.empty());
  }

  private int failed(Exception e, Collection<String> arguments) {
    boolean debug = arguments.contains("--debug");
    if (e instanceof ExecutionStopped || Thread.currentThread().isInterrupted()) {
      return ExitStatus.INTERRUPTED;
    } else if (e instanceof DiagnosticException wrong) {
      report(wrong.diagnostics(), arguments);
      return ExitStatus.of(wrong.kind());
    }
    Optional<Diagnostic> full = MemoryExhausted.of(e);
    if (full.isPresent()) {
      return exhausted(full.get(), arguments);
    }
    terminal.err().println("error[internal] unexpected: " + Screen.safe(String.valueOf(e)));
    terminal
        .err()
        .println(
            "help: this is a fault of the program; please report it with the spec"
                + (debug
                    ? " and the lines below"
                    : " and what the same command prints with --debug"));
    if (debug) {
      Arrays.stream(e.getStackTrace()).forEach(frame -> terminal.err().println("  at " + frame));
    }
    return INTERNAL;
  }
}
