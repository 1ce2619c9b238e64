package org.intervene.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** All commands by name. */
final class Commands {
  private final Map<String, Supplier<Object>> byName = new LinkedHashMap<>();

  Commands(Pipeline pipeline, Terminal terminal) {
    byName.put("check", () -> new CheckCommand(pipeline, terminal));
    byName.put("explain", () -> new ExplainCommand(pipeline, terminal));
    byName.put("run", () -> new RunCommand(pipeline, terminal));
    byName.put("lock", () -> new LockCommand(pipeline, terminal));
    byName.put("replay", () -> new ReplayCommand(pipeline, terminal));
    byName.put("digest", () -> new DigestCommand(pipeline, terminal));
    byName.put("fmt", () -> new FmtCommand(terminal));
    byName.put("bundle", () -> new BundleCommand(pipeline, terminal));
    byName.put("verify", () -> new VerifyCommand(pipeline, terminal));
    byName.put("export", () -> new ExportCommand(pipeline, terminal));
    byName.put("sites", () -> new SitesCommand(pipeline, terminal));
    byName.put("models", () -> new ModelsCommand(pipeline, terminal));
    byName.put("pull", () -> new PullCommand(terminal));
    byName.put("import", () -> ImportCommand.with(pipeline, terminal));
  }

  /**
   * Adds the command that the first argument names, or else all. Picocli looks at every option of
   * each command that it is given, which for all takes longer than to check a spec.
   */
  void addTo(CommandLine line, String... arguments) {
    if (arguments.length > 0 && byName.containsKey(arguments[0])) {
      line.addSubcommand(arguments[0], byName.get(arguments[0]).get());
    } else {
      byName.forEach((name, command) -> line.addSubcommand(name, command.get()));
    }
  }
}
