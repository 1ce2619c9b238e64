package org.intervene.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.intervene.result.Result;
import org.intervene.result.RunInfo;
import picocli.CommandLine.Model.CommandSpec;

/** Collects what belongs into {@code run.json}. */
final class RunDetails {
  private static final Path STATUS = Path.of("/proc/self/status");

  private RunDetails() {}

  static RunInfo of(RunCommand command, Result result, Instant started, Duration wall) {
    return new RunInfo(
        started,
        wall,
        typed(command),
        command.spec.toString(),
        host(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
        result.provenance().placement(),
        command.options.threads == null
            ? Runtime.getRuntime().availableProcessors()
            : command.options.threads,
        result.plan().cells().size(),
        peakMemory());
  }

  private static String typed(RunCommand command) {
    CommandSpec program = command.options.command.root();
    List<String> words = program.commandLine().getParseResult().originalArgs();
    return program.name() + " " + String.join(" ", words);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  /** The most resident memory of this process, where the system says it. */
  private static long peakMemory() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // not Linux
    }
  }
}
