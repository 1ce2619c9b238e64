package org.intervene.execute;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import org.intervene.engine.decoder.Decoder;
import org.intervene.journal.Journal;
import org.intervene.optimise.Exactness;
import org.intervene.optimise.Optimiser;
import org.intervene.optimise.PhysicalPlan;
import org.intervene.optimise.Residence;
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
   * @param scratch the folder for a file with what memory cannot hold
   * @throws ExecutionStopped if the thread was interrupted
   * @throws org.intervene.diagnostic.DiagnosticException if the disk cannot hold it either
   */
  public static Execution execute(
      Plan plan,
      PhysicalPlan physical,
      NDManager manager,
      Decoder decoder,
      Progress progress,
      Journal journal,
      Path scratch) {
    try (NDManager keeper = manager.newSubManager();
        SpillFile file = new SpillFile(scratch, decoder.dtype())) {
      if (!physical.spilled().isEmpty()) {
        file.require(Residence.of(plan, physical, decoder.dtype().bytes(), false).spilled());
      }
      return new PlanPass(plan, physical, decoder, progress, journal, manager, keeper, file)
          .execute();
    }
  }

  /** The same with the system's folder for temporary files. */
  public static Execution execute(
      Plan plan,
      PhysicalPlan physical,
      NDManager manager,
      Decoder decoder,
      Progress progress,
      Journal journal) {
    Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
    return execute(plan, physical, manager, decoder, progress, journal, scratch);
  }
}
