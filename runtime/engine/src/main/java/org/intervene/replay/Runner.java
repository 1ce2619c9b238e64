package org.intervene.replay;

import java.util.function.Consumer;
import org.intervene.experiment.Options;
import org.intervene.lock.Pins;
import org.intervene.read.Reading;
import org.intervene.result.Result;

/** Carries a spec out. */
public interface Runner {
  /**
   * The result of a spec.
   *
   * @param gate sees what the spec's words stand for before any weight is loaded, and may stop it
   * @throws org.intervene.diagnostic.DiagnosticException with everything that is wrong
   */
  Result run(Reading reading, Options options, Consumer<Pins> gate);
}
