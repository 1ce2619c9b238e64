package org.intervene.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import org.intervene.golden.Comparison;
import org.intervene.golden.GoldenFile;
import org.intervene.lock.Lock;
import org.intervene.read.SpecReader;
import org.intervene.replay.Replayed;

/**
 * Writes golden results anew, and locks that are missing or older than their spec's words. Nothing
 * is written for a spec whose expectations fail.
 *
 * @param yes whether to write, or only to say what would be written
 */
record GoldenUpdate(Pipeline pipeline, Reporter reporter, boolean yes) {

  /** Updates what is due; the exit status: failed if there is something that was not written. */
  int all(List<Replayed> all) {
    int due = 0;
    for (Replayed replayed : all) {
      Optional<String> change = change(replayed);
      if (change.isPresent() && !replayed.expectations().isEmpty()) {
        say("not written, for an expectation fails: " + GoldenFile.of(replayed.spec()).path());
      } else if (change.isPresent()) {
        due++;
        update(replayed, change.get());
      }
    }
    if (due == 0) {
      reporter.say("nothing to write");
    } else if (!yes) {
      reporter.say("nothing was written; add --yes to write");
    }
    return due > 0 && !yes ? ExitStatus.FAILED : ExitStatus.DONE;
  }

  /** Why the files of a spec have to be written; empty if they do not. */
  private static Optional<String> change(Replayed replayed) {
    if (replayed.stopped().isPresent() || replayed.seen().isEmpty()) {
      return Optional.empty();
    } else if (replayed.comparison().isEmpty()) {
      return Optional.of(replayed.errors().isEmpty() ? "new" : "in the place of a broken one");
    }
    Comparison comparison = replayed.comparison().get();
    if (!comparison.moved().isEmpty()) {
      int moved = comparison.moved().size();
      return Optional.of(moved == 1 ? "1 value moved" : moved + " values moved");
    } else if (comparison.stale().isPresent()) {
      return Optional.of("for the changed spec");
    }
    boolean locked = Lock.of(replayed.spec()).locked().isPresent();
    return locked ? Optional.empty() : Optional.of("with its lock");
  }

  private void update(Replayed replayed, String change) {
    GoldenFile file = GoldenFile.of(replayed.spec());
    if (yes) {
      Lock.of(replayed.spec()).update(pipeline.pins(SpecReader.read(replayed.spec())));
      file.write(replayed.seen().orElseThrow());
    }
    say((yes ? "wrote " : "would write ") + file.path() + " (" + change + ")");
    reporter.event(
        "golden",
        JsonNodeFactory.instance
            .objectNode()
            .put("file", file.path().toString())
            .put("change", change)
            .put("written", yes));
  }

  private void say(String line) {
    reporter.say(Screen.safe(line));
  }
}
