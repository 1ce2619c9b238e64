package org.intervene.experiment;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.intervene.compile.Compiled;
import org.intervene.digest.SpecDigest;
import org.intervene.engine.script.Allocator;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.execute.NaiveExecutor;
import org.intervene.execute.PackedExecutor;
import org.intervene.execute.Progress;
import org.intervene.explain.Explainer;
import org.intervene.explain.Explanation;
import org.intervene.explain.Memory;
import org.intervene.journal.Journal;
import org.intervene.journal.JournalSource;
import org.intervene.journal.PlanDigest;
import org.intervene.lock.Pins;
import org.intervene.optimise.PhysicalPlan;
import org.intervene.optimise.Residence;
import org.intervene.plan.Execution;
import org.intervene.plan.Plan;
import org.intervene.print.Printer;
import org.intervene.result.Processor;

/**
 * A plan as it will be carried out, before any weight is loaded.
 *
 * @param physical empty for the naive plan
 * @param collecting whether what is collected stays in memory
 * @param fixed what the program and the weights take
 * @param tight whether the plan comes so near its budget that freed memory has to be given back
 */
record Planned(
    Plan plan,
    Optional<PhysicalPlan> physical,
    ModelChoice choice,
    Devices devices,
    Options options,
    boolean collecting,
    Memory fixed,
    boolean tight) {

  /**
   * Plans an execution.
   *
   * @param collecting whether what is collected stays in memory
   * @throws org.intervene.diagnostic.DiagnosticException if the memory does not suffice
   */
  static Planned of(
      Plan plan, ModelChoice choice, Devices devices, Options options, boolean collecting) {
    int elementBytes = choice.dtype().bytes();
    DeviceMemory device = choice.memory();
    Memory fixed = Memory.of(device.program(plan), devices.weights());
    boolean inMachine = device == DeviceMemory.MACHINE;
    Budget budget = devices.budget(device, options, fixed.program());
    MemoryBudget search =
        new MemoryBudget(plan, elementBytes, collecting, fixed, budget, inMachine);
    if (options.strategy() == Options.Strategy.NAIVE) {
      search.requireNaive();
      JavaMemory.require(Residence.naive(plan, elementBytes));
      return new Planned(
          plan, Optional.empty(), choice, devices, options, collecting, fixed, false);
    }
    PhysicalPlan physical = search.fitting(options.strategy().least());
    JavaMemory.require(Residence.of(plan, physical, elementBytes, collecting));
    boolean tight = search.isTight(physical);
    return new Planned(
        plan, Optional.of(physical), choice, devices, options, collecting, fixed, tight);
  }

  /** Prepares the process for carrying it out, before weights are loaded. */
  void prepare() {
    if (tight) {
      Allocator.giveBackAtOnce();
    }
  }

  Explanation explained() {
    int elementBytes = choice.dtype().bytes();
    return physical
        .map(p -> Explainer.of(plan, p, elementBytes, collecting, fixed))
        .orElseGet(() -> Explainer.naive(plan, elementBytes, fixed));
  }

  /** The journal of the run; the naive plan has none. */
  Journal journal(JournalSource journals, Compiled compiled, Pins pins) {
    return physical
        .map(p -> journals.open(settings(p, compiled, pins), p.packs().size()))
        .orElse(Journal.NONE);
  }

  /** Everything that decides a bit of the result. */
  private Map<String, String> settings(PhysicalPlan packed, Compiled compiled, Pins pins) {
    Map<String, String> run = new TreeMap<>();
    run.put("the spec", SpecDigest.of(compiled.spec()));
    run.put("the plan", PlanDigest.of(plan, packed));
    run.put("the model", pins.model().digest());
    run.put("intervene", pins.engine().intervene());
    run.put("the engine", pins.engine().tensors());
    run.put("the processor", Processor.name());
    run.put("--dtype", choice.dtype().spelled());
    run.put("--device", devices.shown().orElseGet(choice::kindOnMachine));
    run.put("--plan", options.strategy().name().toLowerCase(java.util.Locale.ROOT));
    run.put("--threads", Integer.toString(TorchRuntime.start().threads()));
    pins.data().forEach((name, data) -> run.put("data " + name, data.digest()));
    pins.files().forEach((name, digest) -> run.put("file " + name, digest));
    compiled
        .checked()
        .symbols()
        .parameters()
        .forEach((name, value) -> run.put("param " + name, Printer.line(value)));
    return run;
  }

  /**
   * Carries it out.
   *
   * @param scratch the folder for what memory cannot hold
   */
  Execution execute(LoadedModel model, Progress progress, Journal journal, Path scratch) {
    return physical.isPresent()
        ? PackedExecutor.execute(
            plan, physical.get(), model.manager(), model.decoder(), progress, journal, scratch)
        : new NaiveExecutor(model.manager()).execute(plan, model.decoder(), progress);
  }
}
