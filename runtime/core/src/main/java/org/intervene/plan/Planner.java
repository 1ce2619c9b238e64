package org.intervene.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.intervene.ast.Edit;
import org.intervene.ast.Expr;
import org.intervene.ast.RunClause;
import org.intervene.ast.Statement;
import org.intervene.ast.Sweep;
import org.intervene.ast.ValueClause;
import org.intervene.check.AtomFunctions;
import org.intervene.check.Checked;
import org.intervene.check.Diagnostics;
import org.intervene.check.References;
import org.intervene.check.SweepKinds;
import org.intervene.data.Dataset;
import org.intervene.model.ModelFacts;

/**
 * Expands a checked spec into cells. What depends on single examples and sweep points (ranges,
 * lengths, tokens, shapes) is checked here, still before any weight is loaded.
 */
public final class Planner {
  /** More cells than this are refused: a plan has to fit into memory before the model does. */
  private static final long MOST_CELLS = 5_000_000;

  private final Checked checked;
  private final ModelFacts facts;
  private final Diagnostics problems;
  private final Prompts prompts;
  private final CellRegister cells = new CellRegister();
  private final VectorPlanner vectors;
  private final StatisticPlanner statistics;
  private final SourceCells sources;
  private final EditPlanner edits;
  private final ReadPlanner reads;
  private final Slices slices;
  private final SweepPlanner sweeps;
  private final Map<Integer, CellContext> contexts = new HashMap<>();

  private Planner(Checked checked, VectorFiles files, Diagnostics problems) {
    this.checked = checked;
    this.facts = checked.facts();
    this.problems = problems;
    this.prompts = new Prompts(checked.reader(), checked.tokenizer(), checked.symbols(), problems);
    this.vectors = new VectorPlanner(checked.symbols(), facts, prompts, cells, files, problems);
    this.statistics = new StatisticPlanner(checked.symbols(), prompts, cells, problems);
    this.sources = new SourceCells(checked.symbols(), prompts, cells, problems);
    this.edits = new EditPlanner(facts, vectors, statistics, sources, problems);
    this.reads = new ReadPlanner(facts, prompts, vectors, sources, problems);
    this.slices = new Slices(facts, problems);
    this.sweeps = new SweepPlanner(facts, problems);
  }

  /** Plans a spec; the plan is only whole if no problem was reported. */
  public static Plan plan(Checked checked, VectorFiles files, Diagnostics problems) {
    return new Planner(checked, files, problems).plan();
  }

  private Plan plan() {
    for (ValueClause vector : checked.symbols().vectors().values()) {
      vectors.declared(vector);
    }
    List<RunLayout> layouts = new ArrayList<>();
    Map<String, List<Expr.Call>> atoms = new HashMap<>();
    for (RunClause run : checked.runs()) {
      layout(run)
          .ifPresent(
              planned -> {
                atoms.put(run.name().text(), atoms(run));
                sources.register(planned.layout);
                layouts.add(planned.layout);
                expand(planned);
              });
    }
    layouts.forEach(layout -> addReads(layout, atoms.get(layout.clause().name().text())));
    return new Plan(
        facts,
        layouts.stream().map(l -> planned(l, atoms.get(l.clause().name().text()))).toList(),
        cells.all(),
        vectors.planned(),
        statistics.planned());
  }

  private PlannedRun planned(RunLayout layout, List<Expr.Call> atoms) {
    RunClause run = layout.clause();
    return new PlannedRun(
        run.span(),
        run.name().text(),
        layout.data().name(),
        layout.column(),
        layout.axes(),
        layout.data().examples().size(),
        layout.cells(),
        atoms,
        checked.metrics().of(run));
  }

  /** A run's grid with the values of its variables. */
  private record Planned(RunLayout layout, List<SweepPlanner.Planned> axes) {}

  private Optional<Planned> layout(RunClause run) {
    Optional<Dataset> data = checked.symbols().dataset(run.on().data(), problems);
    Optional<String> column = data.flatMap(d -> prompts.column(d, run.on()));
    if (column.isEmpty()) {
      return Optional.empty();
    }
    int longest = 0;
    for (int i = 0; i < data.get().examples().size(); i++) {
      Optional<Prompt> prompt = prompts.prompt(data.get(), column.get(), i, run.on().span());
      longest = Math.max(longest, prompt.map(p -> p.tokens().length).orElse(0));
    }
    if (longest == 0) {
      return Optional.empty();
    }
    List<SweepPlanner.Planned> axes = new ArrayList<>();
    Scope scope =
        new Scope(Map.of(), checked.symbols().parameters(), 0, (n, s) -> Optional.empty());
    long size = data.get().examples().size();
    for (Sweep sweep : run.sweeps()) {
      Optional<SweepPlanner.Planned> axis = sweeps.plan(sweep, use(sweep, run), longest, scope);
      if (axis.isEmpty()) {
        return Optional.empty();
      }
      axes.add(axis.get());
      size *= axis.get().axis().size();
      if (size > MOST_CELLS) {
        tooLarge(run, size);
        return Optional.empty();
      }
    }
    List<SweepAxis> plain = axes.stream().map(SweepPlanner.Planned::axis).toList();
    return Optional.of(new Planned(RunLayout.of(run, data.get(), column.get(), plain), axes));
  }

  private void tooLarge(RunClause run, long size) {
    problems.error(
        "plan.too-large",
        run.span(),
        "this run has " + size + " cells or more; at most " + MOST_CELLS + " can be planned",
        "sweep over fewer values, use fewer examples, or split the spec");
  }

  private SweepKinds.Use use(Sweep sweep, RunClause run) {
    List<Expr> metrics =
        checked.metrics().of(run).stream()
            .map(m -> checked.symbols().metrics().get(m).value())
            .toList();
    return SweepKinds.of(sweep.variable().text(), run, metrics, facts);
  }

  /** The distinct model-output functions in a run's metrics. */
  private List<Expr.Call> atoms(RunClause run) {
    Set<Expr.Call> found = new LinkedHashSet<>();
    for (String metric : checked.metrics().of(run)) {
      References.walk(
          checked.symbols().metrics().get(metric).value(),
          e -> {
            if (e instanceof Expr.Call c && AtomFunctions.contains(c.function().text())) {
              found.add(c);
            }
          });
    }
    return List.copyOf(found);
  }

  private void expand(Planned run) {
    RunLayout layout = run.layout;
    int examples = layout.data().examples().size();
    for (int n = 0; n < layout.points(); n++) {
      int[] point = layout.point(n);
      for (int example = 0; example < examples; example++) {
        Optional<CellContext> cell = context(run, point, example);
        if (cell.isPresent()) {
          layout.cells()[n * examples + example] = add(cell.get());
        }
      }
    }
  }

  private Optional<CellContext> context(Planned run, int[] point, int example) {
    RunLayout layout = run.layout;
    Optional<Prompt> prompt =
        prompts.prompt(layout.data(), layout.column(), example, layout.clause().on().span());
    if (prompt.isEmpty()) {
      return Optional.empty();
    }
    int length = prompt.get().tokens().length;
    Map<String, Expr> variables = new HashMap<>();
    Map<String, Integer> indices = new HashMap<>();
    for (int a = 0; a < point.length; a++) {
      SweepPlanner.Planned axis = run.axes.get(a);
      if (axis.ragged() && axis.axis().values().get(point[a]) >= length) {
        return Optional.empty();
      }
      variables.put(axis.axis().name(), axis.values().get(point[a]));
      indices.put(axis.axis().name(), point[a]);
    }
    Scope scope =
        new Scope(variables, checked.symbols().parameters(), length, prompt.get().spans());
    return Optional.of(new CellContext(layout, prompt.get(), scope, indices));
  }

  private int add(CellContext cell) {
    List<CellEdit> chain = new ArrayList<>();
    List<Cell.Collected> collects = new ArrayList<>();
    for (Statement statement : cell.run().clause().body()) {
      if (statement instanceof Edit edit) {
        chain.addAll(edits.plan(edit, cell));
      } else if (statement instanceof Statement.Collect collect) {
        slices
            .resolve(collect.site(), cell.scope(), false)
            .ifPresent(s -> collects.add(new Cell.Collected(collect.name().text(), s.slices())));
      }
    }
    int id =
        cells.add(cell.run().clause().span(), cell.prompt().tokens(), chain, List.of(), collects);
    contexts.put(id, cell);
    return id;
  }

  /**
   * Plans what a run's cells read, after every run has its cells: divergences may compare with any
   * of them.
   */
  private void addReads(RunLayout layout, List<Expr.Call> atoms) {
    for (int id : layout.cells()) {
      if (id < 0) {
        continue;
      }
      List<Read> wanted = new ArrayList<>();
      for (Expr.Call atom : atoms) {
        reads.plan(atom, contexts.get(id)).ifPresent(wanted::add);
      }
      cells.setReads(id, wanted);
    }
  }
}
