package org.intervene.execute;

import org.intervene.engine.decoder.Decoder;
import org.intervene.plan.Execution;
import org.intervene.plan.Plan;

/** Carries out a plan on a model. */
public interface Executor {
  /**
   * Computes everything that a plan reads and collects.
   *
   * @throws ExecutionStopped if the thread was interrupted
   */
  Execution execute(Plan plan, Decoder decoder, Progress progress);
}
