package org.intervene.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs command lines over the {@link FixedPipeline} and keeps what the last one printed. */
final class CommandRun {
  private final FixedPipeline pipeline = new FixedPipeline();
  private final Map<String, String> environment;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  CommandRun() {
    this(Map.of());
  }

  CommandRun(Map<String, String> environment) {
    this.environment = environment;
  }

  FixedPipeline pipeline() {
    return pipeline;
  }

  int execute(String... arguments) {
    out.reset();
    err.reset();
    Terminal terminal = new Terminal(stream(out), stream(err), false, false, environment);
    return new Program(pipeline, terminal).execute(arguments);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
