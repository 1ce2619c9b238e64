package org.intervene.cli;

import java.util.Collection;
import picocli.CommandLine.Option;

/** Options that every command has. */
final class OutputOptions {
  @Option(names = "--json", description = "prints one JSON object a line, for programs")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "prints errors alone")
  boolean quiet;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "auto, always or never; auto obeys NO_COLOR (default: auto)")
  Screen.When color = Screen.When.AUTO;

  @Option(names = "--debug", description = "shows where in the program an unexpected error arose")
  boolean debug;

  /**
   * What the words of a command line say of JSON, for an error that no command was there to tell.
   */
  static OutputOptions of(Collection<String> words) {
    OutputOptions options = new OutputOptions();
    options.json = words.contains("--json");
    return options;
  }
}
