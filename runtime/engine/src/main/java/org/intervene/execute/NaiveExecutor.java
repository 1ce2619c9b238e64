package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;
import org.intervene.engine.decoder.Decoder;
import org.intervene.engine.decoder.Hooks;
import org.intervene.engine.decoder.Prefix;
import org.intervene.engine.decoder.Rows;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.Tensors;
import org.intervene.model.Site;
import org.intervene.optimise.Demand;
import org.intervene.optimise.Keeps.SiteAt;
import org.intervene.plan.Cell;
import org.intervene.plan.Execution;
import org.intervene.plan.Execution.CollectKey;
import org.intervene.plan.Execution.CollectedTensor;
import org.intervene.plan.Plan;
import org.intervene.plan.Read;

/**
 * One full forward pass for every cell, alone and in order, with edits applied element by element
 * in float64. It is slow and plainly what a spec means: every other way to execute a plan is
 * compared with it.
 */
public final class NaiveExecutor implements Executor {
  private final NDManager manager;

  /**
   * @param manager on the model's device; what a pass makes is freed after it
   */
  public NaiveExecutor(NDManager manager) {
    this.manager = manager;
  }

  @Override
  public Execution execute(Plan plan, Decoder decoder, Progress progress) {
    return new Pass(plan, decoder, progress).execute();
  }

  private final class Pass implements Operands {
    private final Plan plan;
    private final Decoder decoder;
    private final Progress progress;
    private final Demand demand;
    private final Map<Integer, Map<SiteAt, HostValue>> kept = new HashMap<>();
    private final double[][] vectors;
    private final MeanValue[] statistics;
    private final double[][] reads;
    private final CollectedTensors collected;
    private final Map<CollectKey, CollectedTensor> saved = new HashMap<>();

    Pass(Plan plan, Decoder decoder, Progress progress) {
      this.plan = plan;
      this.decoder = decoder;
      this.progress = progress;
      this.demand = Demand.of(plan);
      this.vectors = new double[plan.vectors().size()][];
      this.statistics = new MeanValue[plan.statistics().size()];
      this.reads = new double[plan.cells().size()][];
      this.collected = new CollectedTensors(decoder.dtype());
    }

    Execution execute() {
      progress.planned(plan.cells().size());
      for (Cell cell : plan.cells()) {
        ExecutionStopped.check();
        long start = System.nanoTime();
        run(cell);
        progress.step(System.nanoTime() - start);
        progress.done(1);
      }
      for (Cell cell : plan.cells()) {
        compare(cell);
      }
      return new Execution(reads, saved);
    }

    private void run(Cell cell) {
      try (NDManager scope = manager.newSubManager()) {
        Rows rows = Rows.whole(cell.tokens());
        NaiveHooks hooks = new NaiveHooks(scope, plan.model(), cell, this, demand.of(cell.id()));
        NDArray x = decoder.embed(decoder.start().under(scope), rows, hooks);
        for (int l = 0; l < decoder.layers(); l++) {
          NDManager own = decoder.block(l).home().under(scope);
          x = Home.brought(own, x);
          x = decoder.block(l).whole(own, x, rows, Prefix.NONE, hooks, null);
          x = hooks.wants(Site.RESID_POST, l) ? hooks.rows(Site.RESID_POST, l, x, rows) : x;
        }
        NDManager end = decoder.end().under(scope);
        NDArray normed = decoder.finalNorm(end, Home.brought(end, x), rows, hooks);
        NDArray logits = decoder.logits(end, normed, rows, hooks);
        kept.put(cell.id(), hooks.kept());
        reads[cell.id()] = read(end, cell, logits);
        for (Cell.Collected c : cell.collects()) {
          saved.put(new CollectKey(cell.id(), c.name()), collected.of(cell, c, this));
        }
      }
    }

    private double[] read(NDManager scope, Cell cell, NDArray logits) {
      double[] values = new double[cell.reads().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = read(scope, cell, cell.reads().get(i), logits);
      }
      return values;
    }

    private double read(NDManager scope, Cell cell, Read read, NDArray logits) {
      if (read instanceof Read.Loss) {
        return HostReads.loss(cell.tokens(), p -> Tensors.toDoubles(logits.get(p)));
      } else if (read instanceof Read.Lens lens) {
        return lens(scope, cell, lens);
      } else if (read instanceof Read.Norm r) {
        return HostReads.fromActivation(
            r, value(cell.id(), r.slice().site(), r.slice().layer()), this);
      } else if (read instanceof Read.Dot r) {
        return HostReads.fromActivation(
            r, value(cell.id(), r.slice().site(), r.slice().layer()), this);
      } else if (read instanceof Read.Cos r) {
        return HostReads.fromActivation(
            r, value(cell.id(), r.slice().site(), r.slice().layer()), this);
      } else if (read instanceof Read.Attention r) {
        return HostReads.fromActivation(r, value(cell.id(), Site.PATTERN, r.layer()), this);
      } else if (read instanceof Read.Kl || read instanceof Read.Js) {
        return Double.NaN;
      }
      return HostReads.fromLogits(read, Tensors.toDoubles(logits.get(HostReads.position(read))));
    }

    private double lens(NDManager scope, Cell cell, Read.Lens lens) {
      HostValue resid = value(cell.id(), Site.RESID_POST, lens.layer());
      Rows rows = Rows.whole(cell.tokens());
      NDArray x =
          Tensors.of(scope, resid.data(), decoder.dtype(), resid.positions(), resid.width());
      NDArray normed = decoder.finalNorm(scope, x, rows, Hooks.NONE);
      NDArray logits = decoder.logits(scope, normed, rows, Hooks.NONE);
      return Tensors.toDoubles(logits.get(lens.position()))[lens.token()];
    }

    /** Divergences, once every cell has its logits. */
    private void compare(Cell cell) {
      for (int i = 0; i < cell.reads().size(); i++) {
        Read read = cell.reads().get(i);
        if (read instanceof Read.Kl r) {
          reads[cell.id()][i] =
              HostReads.kl(logits(cell, r.position()), logits(r.cell(), r.otherPosition()));
        } else if (read instanceof Read.Js r) {
          reads[cell.id()][i] =
              HostReads.js(logits(cell, r.position()), logits(r.cell(), r.otherPosition()));
        }
      }
    }

    private double[] logits(Cell cell, int position) {
      return logits(cell.id(), position);
    }

    private double[] logits(int cell, int position) {
      HostValue all = value(cell, Site.LOGITS, 0);
      double[] row = new double[all.width()];
      System.arraycopy(all.data(), position * all.width(), row, 0, row.length);
      return row;
    }

    @Override
    public double[] vector(int id) {
      if (vectors[id] == null) {
        vectors[id] = new VectorValues(this, this::unembedding).compute(plan.vectors().get(id));
      }
      return vectors[id];
    }

    private double[] unembedding(int token) {
      try (NDManager scope = manager.newSubManager()) {
        return Tensors.toDoubles(decoder.unembedding(decoder.end().under(scope), token));
      }
    }

    @Override
    public MeanValue statistic(int id) {
      if (statistics[id] == null) {
        statistics[id] = MeanValue.of(plan.statistics().get(id), this, plan.cells()::get);
      }
      return statistics[id];
    }

    @Override
    public HostValue value(int cell, Site site, int layer) {
      return kept.get(cell).get(new SiteAt(site, layer));
    }
  }
}
