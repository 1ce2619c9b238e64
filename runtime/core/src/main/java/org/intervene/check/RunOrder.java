package org.intervene.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intervene.ast.RunClause;
import org.intervene.ast.Statement;
import org.intervene.ast.Word;

/** Sorts runs so that each comes after the runs whose values it reads. */
final class RunOrder {
  private final Map<String, RunClause> runs;
  private final Diagnostics problems;
  private final Map<String, RunClause> done = new LinkedHashMap<>();
  private final Set<String> path = new LinkedHashSet<>();

  private RunOrder(Map<String, RunClause> runs, Diagnostics problems) {
    this.runs = runs;
    this.problems = problems;
  }

  /**
   * The runs in an order in which they can be computed; runs in a circle are an error and left out.
   */
  static List<RunClause> of(Map<String, RunClause> runs, Diagnostics problems) {
    RunOrder order = new RunOrder(runs, problems);
    runs.values().forEach(order::visit);
    return new ArrayList<>(order.done.values());
  }

  private boolean visit(RunClause run) {
    String name = run.name().text();
    if (done.containsKey(name)) {
      return true;
    }
    path.add(name);
    boolean sound = true;
    for (Statement statement : run.body()) {
      Word source = References.source(statement).orElse(null);
      if (source == null || !runs.containsKey(source.text())) {
        continue;
      }
      if (path.contains(source.text())) {
        reportCircle(source);
        sound = false;
      } else {
        sound &= visit(runs.get(source.text()));
      }
    }
    path.remove(name);
    if (sound) {
      done.put(name, run);
    }
    return sound;
  }

  private void reportCircle(Word source) {
    List<String> circle = new ArrayList<>(path);
    circle = circle.subList(circle.indexOf(source.text()), circle.size());
    String drawn = String.join(" -> ", circle) + " -> " + source;
    problems.error(
        "run.cycle",
        source.span(),
        "runs read each other in a circle: " + drawn,
        "let one of them read a run that reads none of the others");
  }
}
