package org.intervene.bench;

/** What is to be reached, as in the architecture's table. */
final class Targets {
  private Targets() {}

  /** How many times less time than a tool a task should take. */
  static double of(String task, String tool) {
    if (tool.startsWith("TransformerLens")) {
      return task.equals("heads") ? 8 : 20;
    } else if (tool.startsWith("pyvene")) {
      return 50;
    } else if (tool.startsWith("hand")) {
      return 4;
    } else if (tool.startsWith("transformers")) {
      return task.equals("forward-1") ? 1 / 0.8 : 1;
    }
    return task.equals("resid-late") ? 30 : 15;
  }

  /** A task in words. */
  static String described(String task, int layers, int tokens) {
    return switch (task) {
      case "forward-1" -> "one plain forward pass, batch 1";
      case "forward-64" -> "one plain forward pass, batch 64";
      case "resid-early" ->
          "`resid_pre` sweep, %d layers × %d positions, twins differ early"
              .formatted(layers, tokens);
      case "resid-late" -> "`resid_pre` sweep, twins differ in one late token";
      case "heads" -> "`z` sweep over every head of %d layers".formatted(layers);
      default -> task;
    };
  }
}
