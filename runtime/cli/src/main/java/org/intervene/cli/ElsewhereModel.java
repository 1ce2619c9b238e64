package org.intervene.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.intervene.ast.ModelClause;
import org.intervene.ast.Spec;
import org.intervene.ast.Word;
import org.intervene.lock.Pins;
import org.intervene.lock.Pins.ModelPin;
import org.intervene.read.Reading;

/**
 * The model of somebody else's spec, at its place on this machine.
 *
 * @param source empty if it is where the spec says
 */
record ElsewhereModel(Optional<String> source) {

  /** The spec with its model where it is here. */
  Reading located(Reading reading) {
    if (source.isEmpty() || reading.spec().isEmpty()) {
      return reading;
    }
    Spec spec = reading.spec().get();
    ModelClause there = spec.model().from(new Word(spec.model().source().span(), here()));
    return new Reading(
        reading.source(),
        Optional.of(spec.withModel(there)),
        reading.diagnostics(),
        reading.comments());
  }

  /** A directory is one of where the user is, not of where the spec lies. */
  private String here() {
    String typed = source.get();
    try {
      Path path = Path.of(typed);
      return Files.isDirectory(path) ? path.toAbsolutePath().toString() : typed;
    } catch (InvalidPathException e) {
      return typed;
    }
  }

  /** What stands behind the words, under the locked name: only its files have to be the same. */
  Pins named(Pins found, Optional<Pins> locked) {
    if (source.isEmpty() || locked.isEmpty()) {
      return found;
    }
    ModelPin name = locked.get().model();
    ModelPin model = found.model();
    ModelPin named =
        new ModelPin(
            name.source(),
            model.asked(),
            name.revision(),
            model.dtype(),
            model.device(),
            model.bos(),
            model.files());
    return new Pins(named, found.data(), found.files(), found.engine());
  }
}
