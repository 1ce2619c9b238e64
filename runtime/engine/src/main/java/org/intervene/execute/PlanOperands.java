package org.intervene.execute;

import ai.djl.ndarray.NDManager;
import org.intervene.engine.decoder.Decoder;
import org.intervene.engine.script.Tensors;
import org.intervene.model.Site;
import org.intervene.optimise.Works;
import org.intervene.plan.Plan;
import org.intervene.plan.PlannedVector;

/** Vectors, means and values that edits in an optimised plan read; they name works. */
final class PlanOperands implements Operands {
  private final Plan plan;
  private final Works works;
  private final Decoder decoder;
  private final NDManager manager;
  private final WorkValues values;
  private final double[][] vectors;
  private final MeanValue[] statistics;
  private final Operands byCell = new ByCell();

  PlanOperands(Plan plan, Works works, Decoder decoder, NDManager manager, WorkValues values) {
    this.plan = plan;
    this.works = works;
    this.decoder = decoder;
    this.manager = manager;
    this.values = values;
    this.vectors = new double[plan.vectors().size()][];
    this.statistics = new MeanValue[plan.statistics().size()];
  }

  /** A value of a work: edits in an optimised plan name works. */
  @Override
  public HostValue value(int work, Site site, int layer) {
    return values.host(work, site, layer);
  }

  @Override
  public double[] vector(int id) {
    if (vectors[id] == null) {
      PlannedVector vector = plan.vectors().get(id);
      vectors[id] = new VectorValues(byCell, this::unembedding).compute(vector);
    }
    return vectors[id];
  }

  /**
   * Whether all that a vector is made from has been computed.
   *
   * @param id -1 for none
   */
  boolean knows(int id) {
    if (id < 0 || vectors[id] != null) {
      return true;
    }
    PlannedVector vector = plan.vectors().get(id);
    return vector.sources().isEmpty() && vector.parts().stream().allMatch(this::knows);
  }

  /** A vector that was written down. */
  void restore(int id, double[] elements) {
    vectors[id] = elements;
  }

  @Override
  public MeanValue statistic(int id) {
    if (statistics[id] == null) {
      statistics[id] = MeanValue.of(plan.statistics().get(id), byCell, plan.cells()::get);
    }
    return statistics[id];
  }

  /** A mean that was written down. */
  void restore(int id, MeanValue mean) {
    statistics[id] = mean;
  }

  private double[] unembedding(int token) {
    try (NDManager scope = manager.newSubManager()) {
      return Tensors.toDoubles(decoder.unembedding(decoder.end().under(scope), token));
    }
  }

  /** The same for what names cells: vectors, means and what is collected. */
  Operands byCell() {
    return byCell;
  }

  private final class ByCell implements Operands {
    @Override
    public double[] vector(int id) {
      return PlanOperands.this.vector(id);
    }

    @Override
    public MeanValue statistic(int id) {
      return PlanOperands.this.statistic(id);
    }

    @Override
    public HostValue value(int cell, Site site, int layer) {
      return values.host(works.ofCell()[cell], site, layer);
    }
  }
}
