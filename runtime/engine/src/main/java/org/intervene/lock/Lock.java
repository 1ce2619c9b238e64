package org.intervene.lock;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;

/** Holds what a spec stands for against its lock file. */
public final class Lock {
  private final LockFile file;
  private final Optional<Pins> locked;

  private Lock(LockFile file, Optional<Pins> locked) {
    this.file = file;
    this.locked = locked;
  }

  /**
   * The lock of a spec.
   *
   * @throws DiagnosticException if the file is broken
   */
  public static Lock of(Path spec) {
    LockFile file = LockFile.of(spec);
    return new Lock(file, file.read());
  }

  /** The lock of a spec that is written anew, whatever the file holds. */
  public static Lock forgetting(Path spec) {
    LockFile file = LockFile.of(spec);
    try {
      return new Lock(file, file.read());
    } catch (DiagnosticException broken) {
      return new Lock(file, Optional.empty());
    }
  }

  public LockFile file() {
    return file;
  }

  /** What is locked; empty before the first time. */
  public Optional<Pins> locked() {
    return locked;
  }

  /** Every difference; none if nothing was locked yet. */
  public List<Change> changes(Pins found) {
    return locked.map(pins -> Changes.between(pins, found)).orElse(List.of());
  }

  /**
   * Stops unless the model, the tokenizer and the data are those that are locked.
   *
   * @throws DiagnosticException with everything that differs
   */
  public void require(Pins found) {
    List<Diagnostic> problems =
        changes(found).stream().filter(Change::stops).map(this::problem).toList();
    if (!problems.isEmpty()) {
      throw new DiagnosticException(DiagnosticException.Kind.RESOURCE, problems);
    }
  }

  /**
   * Stops unless everything is as it is locked and nothing is left to be locked, as for a replay.
   *
   * @throws DiagnosticException with everything that differs
   */
  public void requireWhole(Pins found) {
    if (locked.isEmpty()) {
      throw DiagnosticException.resource(
          Diagnostic.inFile(
              "lock.missing",
              file.path().toString(),
              "the spec has no lock file, so nothing says what it was run on",
              "write one with `intervene lock SPEC`"));
    }
    List<Diagnostic> problems =
        changes(found).stream()
            .filter(change -> change.kind() != Change.Kind.PLACE)
            .map(this::problem)
            .toList();
    if (!problems.isEmpty()) {
      throw new DiagnosticException(DiagnosticException.Kind.RESOURCE, problems);
    }
  }

  /**
   * Writes the lock if the spec's words ask for pins that it does not have; returns whether.
   *
   * @throws DiagnosticException if something differs that the words do not explain
   */
  public boolean update(Pins found) {
    require(found);
    boolean due =
        locked.isEmpty()
            || changes(found).stream().anyMatch(change -> change.kind() == Change.Kind.WORDS);
    if (due) {
      file.write(found);
    }
    return due;
  }

  /** Writes the lock whatever differs; returns what does. */
  public List<Change> relock(Pins found) {
    List<Change> changes = changes(found);
    if (locked.isEmpty() || !changes.isEmpty()) {
      file.write(found);
    }
    return changes;
  }

  private Diagnostic problem(Change change) {
    String id =
        switch (change.kind()) {
          case MODEL -> "lock.model";
          case TOKENIZER -> "lock.tokenizer";
          case DATA -> "lock.data";
          case WORDS, PLACE -> "lock.stale";
        };
    String help =
        change.stops()
            ? "restore what was locked, or accept the change with `intervene lock --relock SPEC`"
            : "the spec was changed since it was locked: write the lock with `intervene lock SPEC`";
    return Diagnostic.inFile(id, file.path().toString(), change.text(), help);
  }

  /** What changed, for people. */
  public static Stream<String> lines(List<Change> changes) {
    return changes.stream().map(change -> "  " + change.text());
  }
}
