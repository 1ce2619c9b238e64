package org.intervene.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where output goes. The launcher says whether a stream is a terminal, since Java cannot tell.
 *
 * @param outIsTerminal whether standard output is one
 * @param errIsTerminal whether standard error is one
 */
record Terminal(
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Map<String, String> environment) {

  /** The process's own streams, in UTF-8 whatever the locale. */
  static Terminal ofProcess() {
    String terminals = System.getProperty("intervene.terminals");
    boolean console = System.console() != null;
    return new Terminal(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        terminals == null ? console : terminals.contains("out"),
        terminals == null ? console : terminals.contains("err"),
        System.getenv());
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new PipeOutput(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
  }

  Screen screen(Screen.When colours) {
    return Screen.of(colours, outIsTerminal, environment);
  }

  /** What standard error can show. */
  Screen errorScreen(Screen.When colours) {
    return Screen.of(colours, errIsTerminal, environment);
  }
}
