package org.intervene.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;

/** The journal that belongs to the place of a result, and what is to become of an older one. */
public final class JournalFile implements JournalSource, AutoCloseable {
  private static final String ANEW = "`--restart` begins anew";

  private final Path path;
  private final Mode mode;
  private volatile WrittenJournal journal;

  /** What to do with the journal of a run that did not finish. */
  public enum Mode {
    /** Nothing that this same run had finished may be lost by accident. */
    NEW,
    /** Go on with it. */
    RESUME,
    /** Begin anew. */
    RESTART
  }

  public JournalFile(Path path, Mode mode) {
    this.path = path;
    this.mode = mode;
  }

  @Override
  public Journal open(Map<String, String> run, int packs) {
    try {
      Frames frames = Frames.open(path);
      try {
        journal = opened(frames, new TreeMap<>(run), packs);
        return journal;
      } finally {
        if (journal == null) {
          frames.close();
        }
      }
    } catch (IOException e) {
      throw WrittenJournal.failed(path, e);
    }
  }

  @Override
  public Optional<Path> folder() {
    return Optional.of(path.toAbsolutePath().getParent());
  }

  private WrittenJournal opened(Frames frames, TreeMap<String, String> run, int packs)
      throws IOException {
    if (!frames.lock()) {
      throw problem(
          "journal.in-use",
          "another process is writing to this place",
          "wait for it, or choose another directory with `-o`");
    } else if (!frames.isOne()) {
      throw problem("journal.unreadable", "this is not a journal", "move it away");
    }
    WrittenJournal found = new WrittenJournal(path, frames, packs);
    Map<String, String> other = mode == Mode.RESTART ? null : found.read();
    if (other == null || (mode == Mode.NEW && !other.equals(run))) {
      found.begin(run);
    } else if (!other.equals(run)) {
      throw problem(
          "journal.other-run",
          "the run that was not finished here is another one: " + differences(other, run),
          "give the same spec, files and options to go on; " + ANEW);
    } else if (mode == Mode.NEW && found.count() > 0) {
      throw problem(
          "journal.unfinished",
          "this run was stopped before, after %d of %d steps".formatted(found.count(), packs),
          "`--resume` goes on from there; " + ANEW);
    }
    return found;
  }

  private static String differences(Map<String, String> there, Map<String, String> here) {
    TreeMap<String, String> all = new TreeMap<>(there);
    all.putAll(here);
    return all.keySet().stream()
        .filter(k -> !here.getOrDefault(k, "").equals(there.get(k)))
        .map(k -> "%s is %s here and was %s".formatted(k, shown(here.get(k)), shown(there.get(k))))
        .collect(Collectors.joining("; "));
  }

  private static String shown(String value) {
    return value == null ? "nothing" : value;
  }

  private DiagnosticException problem(String id, String message, String help) {
    return DiagnosticException.resource(Diagnostic.inFile(id, path.toString(), message, help));
  }

  /** Whether a run is being written down. */
  public boolean isOpen() {
    return journal != null;
  }

  /** Packs that are finished and written down. */
  public int finished() {
    return journal == null ? 0 : journal.count();
  }

  /** Packs that were finished when the journal was opened. */
  public int resumed() {
    return journal == null ? 0 : journal.finished().size();
  }

  /** Packs of the run. */
  public int packs() {
    return journal == null ? 0 : journal.packs();
  }

  /** The run's result is where it belongs: the journal has done its work. */
  public void delete() {
    if (journal != null) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw WrittenJournal.failed(path, e);
      }
    }
  }

  /** Leaves the journal to be resumed, if there is anything in it. */
  @Override
  public void close() {
    if (journal != null) {
      if (finished() == 0) {
        delete();
      }
      journal.close();
    }
  }
}
