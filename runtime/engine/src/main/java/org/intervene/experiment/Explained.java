package org.intervene.experiment;

import java.util.List;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.explain.Explanation;
import org.intervene.explain.Measured;
import org.intervene.model.ModelFacts;

/**
 * What an experiment would do on a model.
 *
 * @param experiment its name
 * @param model where the model was found, as results record it
 * @param dtype as a spec writes it
 * @param prepended tokens put before every input: {@code none}, or what they are
 * @param devices what lies on which device, if it is more than one; else empty
 * @param measured one for each step; empty if nothing was run
 * @param notes remarks that stop nothing
 */
public record Explained(
    String experiment,
    String model,
    ModelFacts facts,
    String dtype,
    String prepended,
    String devices,
    Options.Strategy strategy,
    Explanation explanation,
    List<Measured> measured,
    List<Diagnostic> notes) {
  public Explained {
    measured = List.copyOf(measured);
    notes = List.copyOf(notes);
  }
}
