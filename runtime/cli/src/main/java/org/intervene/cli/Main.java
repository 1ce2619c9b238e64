package org.intervene.cli;

/** Starts the program. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Terminal terminal = Terminal.ofProcess();
    Program program = new Program(new EnginePipeline(), terminal);
    System.exit(Interruption.guard(terminal, () -> program.execute(arguments)));
  }
}
