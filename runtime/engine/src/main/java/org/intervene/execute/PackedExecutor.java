package org.intervene.execute;

import ai.djl.ndarray.NDManager;
import org.intervene.engine.decoder.Decoder;
import org.intervene.journal.Journal;
import org.intervene.optimise.Exactness;
import org.intervene.optimise.Optimiser;
import org.intervene.optimise.PhysicalPlan;
import org.intervene.plan.Execution;
import org.intervene.plan.Plan;

/** Carries out an optimised plan, pack by pack. */
public final class PackedExecutor implements Executor {
  private final NDManager manager;
  private final Exactness least;
  private final long packBytes;

  /**
   * @param manager on the model's device
   * @param least how exact the plan's rules have to be
   * @param packBytes bytes that one pack may need
   */
  public PackedExecutor(NDManager manager, Exactness least, long packBytes) {
    this.manager = manager;
    this.least = least;
    this.packBytes = packBytes;
  }

  @Override
  public Execution execute(Plan plan, Decoder decoder, Progress progress) {
    PhysicalPlan physical = Optimiser.optimise(plan, least, packBytes, decoder.dtype().bytes());
    return execute(plan, physical, manager, decoder, progress, Journal.NONE);
  }

  /**
   * Carries out a plan that is optimised already.
   *
   * @param physical of the plan
   * @param manager on the model's device
   * @param journal the packs that it knows are not carried out again, but for what others read
   * @throws ExecutionStopped if the thread was interrupted
   */
  public static Execution execute(
      Plan plan,
      PhysicalPlan physical,
      NDManager manager,
      Decoder decoder,
      Progress progress,
      Journal journal) {
    try (NDManager keeper = manager.newSubManager()) {
      return new PlanPass(plan, physical, decoder, progress, journal, manager, keeper).execute();
    }
  }
}
