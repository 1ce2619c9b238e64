package org.intervene.execute;

import ai.djl.ndarray.NDManager;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.intervene.engine.decoder.Decoder;
import org.intervene.journal.Journal;
import org.intervene.journal.PackRecord;
import org.intervene.optimise.Liveness;
import org.intervene.optimise.Pack;
import org.intervene.optimise.PhysicalPlan;
import org.intervene.optimise.Reads;
import org.intervene.optimise.Works;
import org.intervene.plan.Cell;
import org.intervene.plan.Execution;
import org.intervene.plan.Execution.CollectKey;
import org.intervene.plan.Execution.CollectedTensor;
import org.intervene.plan.Plan;
import org.intervene.plan.Read;

/**
 * One execution of an optimised plan. After each pack everything is computed for which all is there
 * now, what is finished is written down, and what no later pack reads is freed.
 */
final class PlanPass {
  private final Plan plan;
  private final PhysicalPlan physical;
  private final Liveness liveness;
  private final Decoder decoder;
  private final Progress progress;
  private final Journal journal;
  private final NDManager manager;
  private final NDManager keeper;
  private final Members members;
  private final WorkValues values;
  private final PlanOperands operands;
  private final ReadValues results;
  private final Distributions distributions;
  private final CollectedTensors collected;
  private final Map<CollectKey, CollectedTensor> saved = new HashMap<>();

  PlanPass(
      Plan plan,
      PhysicalPlan physical,
      Decoder decoder,
      Progress progress,
      Journal journal,
      NDManager manager,
      NDManager keeper,
      SpillFile file) {
    this.plan = plan;
    this.physical = physical;
    this.liveness = Liveness.of(plan, physical);
    this.decoder = decoder;
    this.progress = progress;
    this.journal = journal;
    this.manager = manager;
    this.keeper = keeper;
    Works works = physical.works();
    this.members = new Members(works, physical.keeps(), decoder.layers());
    this.values = new WorkValues(works, new Spilled(physical, liveness, file, keeper));
    this.operands = new PlanOperands(plan, works, decoder, manager, values);
    this.results = new ReadValues(works);
    this.distributions = new Distributions(works);
    this.collected = new CollectedTensors(decoder.dtype());
  }

  Execution execute() {
    progress.planned(physical.works().works().size());
    int finished = restore();
    BitSet again = liveness.again(finished);
    for (int p = 0; p < physical.packs().size(); p++) {
      boolean known = p < finished;
      if (known && !again.get(p)) {
        continue;
      }
      ExecutionStopped.check();
      long start = System.nanoTime();
      run(p, known);
      progress.step(System.nanoTime() - start);
      if (!known) {
        progress.done(physical.packs().get(p).works().size());
      }
    }
    return new Execution(reads(), saved);
  }

  /** Takes what an earlier execution of the same plan had finished; returns how many packs. */
  private int restore() {
    List<PackRecord> finished = journal.finished();
    for (int p = 0; p < finished.size(); p++) {
      PackRecord record = finished.get(p);
      record.vectors().forEach(operands::restore);
      for (PackRecord.Mean mean : record.means()) {
        int id = mean.statistic();
        operands.restore(id, MeanValue.of(plan.statistics().get(id).by(), mean));
      }
      results.restore(record.numbers(), record.waiting());
      record.rows().forEach(r -> distributions.put(r.work(), r.position(), r.logits()));
      progress.done(physical.packs().get(p).works().size());
    }
    saved.putAll(journal.saved());
    results.settle(operands);
    distributions.settle(results);
    forgetNews();
    return finished.size();
  }

  /**
   * Runs a pack.
   *
   * @param known whether it had finished before, and is needed for what it leaves behind alone
   */
  private void run(int p, boolean known) {
    Pack pack = physical.packs().get(p);
    try (NDManager scope = manager.newSubManager()) {
      List<Member> running = pack.works().stream().map(members::of).toList();
      new PackRun(decoder, running, values, operands, results, distributions, scope, keeper).run();
    }
    if (known) {
      results.settle(operands);
      distributions.settle(results);
      forgetNews();
    } else {
      finish(liveness.after(p));
    }
    values.release(value -> !liveness.isLive(value, p));
  }

  private void finish(Liveness.Due due) {
    Map<Integer, double[]> vectors =
        due.vectors().stream().collect(Collectors.toMap(Function.identity(), operands::vector));
    List<PackRecord.Mean> means =
        due.statistics().stream().map(id -> operands.statistic(id).written(id)).toList();
    for (Liveness.Saving saving : due.savings()) {
      CollectKey key = new CollectKey(saving.cell().id(), saving.collected().name());
      CollectedTensor tensor = collected.of(saving.cell(), saving.collected(), operands.byCell());
      saved.put(key, journal.save(key, tensor));
    }
    results.settle(operands);
    distributions.settle(results);
    journal.append(
        new PackRecord(
            results.news(), results.newlyWaiting(), distributions.news(), vectors, means));
  }

  private void forgetNews() {
    results.news();
    results.newlyWaiting();
    distributions.news();
  }

  private double[][] reads() {
    double[][] reads = new double[plan.cells().size()][];
    for (Cell cell : plan.cells()) {
      reads[cell.id()] = cell.reads().stream().mapToDouble(r -> read(cell, r)).toArray();
    }
    return reads;
  }

  /** A read of a cell: the number that its work was asked for, or a loss made from several. */
  private double read(Cell cell, Read read) {
    Works works = physical.works();
    int work = works.ofCell()[cell.id()];
    List<Read> parts = Reads.parts(Reads.renamed(read, works.ofCell()), cell.tokens());
    double sum = 0;
    for (Read part : parts) {
      sum += results.get(works.answering(work, part), part);
    }
    return read instanceof Read.Loss ? -sum / parts.size() : sum;
  }
}
