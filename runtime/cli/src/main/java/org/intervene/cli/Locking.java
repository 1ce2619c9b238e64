package org.intervene.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.intervene.ast.Spec;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Span;
import org.intervene.experiment.Options;
import org.intervene.lock.Change;
import org.intervene.lock.Lock;
import org.intervene.lock.Pins;

/**
 * The gate of a run: stops it if the model, the tokenizer or the data are others than those that
 * are locked. What ran for the first time is locked when it has run: a model that cannot be loaded
 * is not.
 */
final class Locking implements Consumer<Pins> {
  private final Lock lock;
  private final boolean relock;
  private final Reporter reporter;
  private final List<Diagnostic> notes;
  private Pins found;

  /**
   * Before the run.
   *
   * @param relock whether to accept what differs
   * @param notes gets what the user should know but need not act on
   */
  Locking(Lock lock, boolean relock, Reporter reporter, List<Diagnostic> notes) {
    this.lock = lock;
    this.relock = relock;
    this.reporter = reporter;
    this.notes = notes;
  }

  /** The kind of device that is locked, where neither the spec nor the command line names one. */
  Options pinned(Options options, Spec spec) {
    boolean open =
        options.device().isEmpty()
            && spec.model().device().filter(word -> !word.text().equals("auto")).isEmpty();
    return lock.locked()
        .filter(pins -> open && !relock)
        .map(pins -> options.on(pins.model().device()))
        .orElse(options);
  }

  @Override
  public void accept(Pins pins) {
    if (!relock) {
      lock.require(pins);
    }
    found = pins;
  }

  /** Writes the lock, where there is anything new to write, after a run. */
  void keep() {
    String file = lock.file().path().toString();
    if (relock) {
      List<Change> changes = lock.relock(found);
      say(file, changes.isEmpty() ? "nothing changed in " + file : "locked anew in " + file);
      Lock.lines(changes).forEach(reporter::remark);
    } else if (lock.locked().isEmpty() && !isWritable()) {
      notes.add(
          Diagnostic.note(
              "lock.not-written",
              Span.NONE,
              "nothing pins what this spec leaves open: " + file + " cannot be written",
              "copy the spec to a folder of your own"));
    } else if (lock.update(found)) {
      say(file, "locked in " + file);
    }
  }

  private void say(String file, String line) {
    reporter.remark(Screen.safe(line));
    reporter.event("locked", JsonNodeFactory.instance.objectNode().put("file", file));
  }

  private boolean isWritable() {
    Path folder = lock.file().path().toAbsolutePath().getParent();
    return folder != null && Files.isWritable(folder);
  }
}
