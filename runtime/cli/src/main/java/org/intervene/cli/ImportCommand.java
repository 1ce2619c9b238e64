package org.intervene.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code intervene import}. */
@Command(
    description = "Makes specs of what other programs saved.",
    synopsisSubcommandLabel = "PROGRAM",
    footer = {
      "",
      "Example:",
      "  intervene import pyvene saved/ --model builtin:primer -o swap.ivn"
    })
final class ImportCommand {
  private ImportCommand() {}

  /** The command with a subcommand for each program. */
  static CommandLine with(Pipeline pipeline, Terminal terminal) {
    CommandLine line = new CommandLine(new ImportCommand());
    line.addSubcommand(new ImportPyveneCommand(pipeline, terminal));
    return line;
  }
}
