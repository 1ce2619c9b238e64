package org.intervene.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intervene.journal.Journal;
import org.intervene.journal.JournalFile;
import org.intervene.journal.JournalSource;
import org.intervene.result.ResultDirectory;

/**
 * A run that can be continued if it is stopped: its journal is beside the result until that is
 * whole, and a signal says how to go on.
 */
final class Resuming implements JournalSource, AutoCloseable {
  private final Optional<ResultDirectory> target;
  private final Optional<JournalFile> journal;
  private final JournalFile.Mode mode;
  private final List<String> typed;
  private final Reporter reporter;

  /**
   * @param target where the result goes; without one nothing is written down
   * @param typed the command line, without the program
   */
  Resuming(
      Optional<ResultDirectory> target,
      JournalFile.Mode mode,
      List<String> typed,
      Reporter reporter) {
    this.target = target;
    this.journal = target.map(t -> new JournalFile(t.journal(), mode));
    this.mode = mode;
    this.typed = typed;
    this.reporter = reporter;
    Interruption.saying(this::farewell);
  }

  @Override
  public Journal open(Map<String, String> run, int packs) {
    if (journal.isEmpty()) {
      return Journal.NONE;
    }
    Journal opened = journal.get().open(run, packs);
    target.get().tidy();
    int finished = journal.get().resumed();
    if (finished > 0) {
      reporter.remark("going on after " + steps(finished, packs));
      reporter.event(
          "resumed",
          JsonNodeFactory.instance.objectNode().put("finished", finished).put("steps", packs));
    } else if (mode == JournalFile.Mode.RESUME) {
      reporter.remark("nothing was finished before: beginning with the first step");
    }
    return opened;
  }

  @Override
  public Optional<Path> folder() {
    return journal.flatMap(JournalFile::folder);
  }

  private List<String> farewell() {
    int finished = journal.map(JournalFile::finished).orElse(0);
    if (finished == 0) {
      return List.of("interrupted");
    }
    return List.of(
        "interrupted after " + steps(finished, journal.get().packs()) + ", which are kept",
        "help: `" + again() + "` goes on");
  }

  private static String steps(int finished, int packs) {
    return "%d of %d step%s".formatted(finished, packs, packs == 1 ? "" : "s");
  }

  private String again() {
    Stream<String> words = typed.stream().filter(w -> !w.matches("--(resume|restart)"));
    return Stream.concat(Stream.concat(Stream.of("intervene"), words), Stream.of("--resume"))
        .map(Resuming::quoted)
        .collect(Collectors.joining(" "));
  }

  /** A word as a shell reads it. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** The result is where it belongs. */
  void done() {
    journal.ifPresent(JournalFile::delete);
    Interruption.saying(() -> List.of("interrupted"));
  }

  @Override
  public void close() {
    journal.ifPresent(JournalFile::close);
  }
}
