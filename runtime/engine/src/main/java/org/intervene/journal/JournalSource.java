package org.intervene.journal;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a run gets its journal from, once it is known what the run is. */
public interface JournalSource {
  /** No run is written down. */
  JournalSource NONE = (run, packs) -> Journal.NONE;

  /**
   * The journal of a run.
   *
   * @param run everything that decides the bits of a result, by a name that errors can show
   * @param packs how many packs its plan has
   * @throws org.intervene.diagnostic.DiagnosticException if there is a journal of another run, or
   *     it cannot be written
   */
  Journal open(Map<String, String> run, int packs);

  /** The folder that what is finished goes to; empty if it stays in memory. */
  default Optional<Path> folder() {
    return Optional.empty();
  }
}
