package org.intervene.execute;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.intervene.engine.decoder.Decoder;
import org.intervene.engine.script.Tensors;
import org.intervene.model.Site;
import org.intervene.optimise.Entry;
import org.intervene.optimise.Exactness;
import org.intervene.optimise.Keeps;
import org.intervene.optimise.Keeps.SiteAt;
import org.intervene.optimise.Optimiser;
import org.intervene.optimise.Pack;
import org.intervene.optimise.PhysicalPlan;
import org.intervene.optimise.Reads;
import org.intervene.optimise.Route;
import org.intervene.optimise.Work;
import org.intervene.optimise.Works;
import org.intervene.plan.Cell;
import org.intervene.plan.CellEdit;
import org.intervene.plan.Execution;
import org.intervene.plan.Plan;
import org.intervene.plan.Read;
import org.intervene.plan.Slice;

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
    try (NDManager keeper = manager.newSubManager()) {
      return new Pass(plan, physical, decoder, progress, keeper).execute();
    }
  }

  private final class Pass implements Operands {
    private final Plan plan;
    private final PhysicalPlan physical;
    private final Decoder decoder;
    private final Progress progress;
    private final NDManager keeper;
    private final WorkValues values;
    private final ReadValues results;
    private final Distributions distributions;
    private final double[][] vectors;
    private final MeanValue[] statistics;
    private final Map<List<Object>, HostValue> hostValues = new HashMap<>();

    Pass(Plan plan, PhysicalPlan physical, Decoder decoder, Progress progress, NDManager keeper) {
      this.plan = plan;
      this.physical = physical;
      this.decoder = decoder;
      this.progress = progress;
      this.keeper = keeper;
      this.values = new WorkValues(physical.works());
      this.results = new ReadValues(physical.works());
      this.distributions = new Distributions(physical.works());
      this.vectors = new double[plan.vectors().size()][];
      this.statistics = new MeanValue[plan.statistics().size()];
    }

    Execution execute() {
      progress.planned(physical.works().works().size());
      for (Pack pack : physical.packs()) {
        ExecutionStopped.check();
        long start = System.nanoTime();
        run(pack);
        progress.step(System.nanoTime() - start);
        progress.done(pack.works().size());
      }
      results.finish();
      distributions.compare(results);
      return new Execution(reads(), collected());
    }

    private void run(Pack pack) {
      List<Member> members = pack.works().stream().map(this::member).toList();
      try (NDManager scope = manager.newSubManager()) {
        new PackRun(decoder, members, values, this, results, distributions, scope, keeper).run();
      }
    }

    private Member member(int id) {
      Work work = physical.works().works().get(id);
      int last = decoder.layers() - 1;
      Keeps kept = physical.keeps().getOrDefault(id, new Keeps(Set.of(), last + 1, 0));
      Set<SiteAt> sites = new HashSet<>(kept.sites());
      work.kept().forEach(s -> sites.add(new SiteAt(s.site(), s.layer())));
      int keysFrom = kept.keysFrom();
      if (work.route() instanceof Route.Full full) {
        int[] all = IntStream.range(0, full.end()).toArray();
        int[] finals = full.isWhole() ? all : full.finals();
        return new Member(work, Entry.START, -1, all, finals, work.edits(), sites, keysFrom);
      } else if (work.route() instanceof Route.Join join) {
        int[] all = IntStream.range(join.first(), join.end()).toArray();
        int[] finals = join.isWhole() ? all : join.finals();
        boolean pointwise =
            join.entry().layer() == last && join.entry().stage().compareTo(Entry.Stage.Z) >= 0;
        List<CellEdit> edits = left(work, join.parent(), join.entry());
        int[] rows = pointwise ? finals : all;
        return new Member(work, join.entry(), join.parent(), rows, finals, edits, sites, keysFrom);
      }
      Route.Close close = (Route.Close) work.route();
      Entry entry = new Entry(last, Entry.Stage.AFTER);
      List<CellEdit> edits = left(work, close.parent(), entry);
      int[] rows = close.positions();
      return new Member(work, entry, close.parent(), rows, rows, edits, sites, last + 1);
    }

    /** Edits that the values which a work starts from do not hold yet. */
    private List<CellEdit> left(Work work, int parent, Entry entry) {
      int shared = physical.works().works().get(parent).edits().size();
      List<CellEdit> left = new ArrayList<>();
      for (int i = 0; i < work.edits().size(); i++) {
        Slice slice = work.edits().get(i).slice();
        if (i >= shared || entry.isBefore(slice.site(), slice.layer())) {
          left.add(work.edits().get(i));
        }
      }
      return left;
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

    private Map<Execution.CollectKey, Execution.CollectedTensor> collected() {
      CollectedTensors tensors = new CollectedTensors(decoder.dtype());
      Operands byCell = cellOperands();
      for (Cell cell : plan.cells()) {
        cell.collects().forEach(c -> tensors.add(cell, c, byCell));
      }
      return tensors.all();
    }

    private HostValue ofCell(int cell, Site site, int layer) {
      return value(physical.works().ofCell()[cell], site, layer);
    }

    /** A value of a work: edits in an optimised plan name works. */
    @Override
    public HostValue value(int work, Site site, int layer) {
      return hostValues.computeIfAbsent(
          List.of(physical.works().holding(work, site, layer), site, layer),
          k -> values.host(work, site, layer));
    }

    @Override
    public double[] vector(int id) {
      if (vectors[id] == null) {
        vectors[id] =
            new VectorValues(cellOperands(), this::unembedding).compute(plan.vectors().get(id));
      }
      return vectors[id];
    }

    /** Vectors and means name cells, where edits name works. */
    private Operands cellOperands() {
      Pass pass = this;
      return new Operands() {
        @Override
        public double[] vector(int id) {
          return pass.vector(id);
        }

        @Override
        public MeanValue statistic(int id) {
          return pass.statistic(id);
        }

        @Override
        public HostValue value(int cell, Site site, int layer) {
          return ofCell(cell, site, layer);
        }
      };
    }

    private double[] unembedding(int token) {
      try (NDManager scope = manager.newSubManager()) {
        return Tensors.toDoubles(decoder.unembedding(scope, token));
      }
    }

    @Override
    public MeanValue statistic(int id) {
      if (statistics[id] == null) {
        statistics[id] = MeanValue.of(plan.statistics().get(id), cellOperands(), plan.cells()::get);
      }
      return statistics[id];
    }
  }
}
