package org.intervene.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.intervene.digest.Sha256;
import org.intervene.optimise.PhysicalPlan;
import org.intervene.optimise.Route;
import org.intervene.optimise.Work;
import org.intervene.plan.Cell;
import org.intervene.plan.Plan;
import org.intervene.plan.PlannedVector;
import org.intervene.plan.PlannedVector.Definition;
import org.intervene.plan.Statistic;

/**
 * The digest of a physical plan: its works, how they are packed, and what is wanted of them. Where
 * the spec wrote them down is left out.
 */
public final class PlanDigest {
  private final MessageDigest digest = Sha256.fresh();

  private PlanDigest() {}

  public static String of(Plan plan, PhysicalPlan physical) {
    PlanDigest digest = new PlanDigest();
    plan.cells().forEach(digest::cell);
    plan.statistics().forEach(digest::statistic);
    plan.vectors().forEach(digest::vector);
    digest.add(Arrays.toString(physical.works().ofCell()));
    physical.works().works().forEach(digest::work);
    physical.packs().forEach(p -> digest.add(p.works()));
    digest.add(physical.exactness());
    return Sha256.shown(digest.digest.digest());
  }

  private void add(Object line) {
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void cell(Cell cell) {
    add("cell " + cell.reads() + cell.collects());
  }

  private void statistic(Statistic s) {
    add("mean " + s.site() + s.layer() + s.by() + s.cells());
  }

  private void vector(PlannedVector vector) {
    String definition =
        vector.definition() instanceof Definition.Literal literal
            ? Arrays.toString(literal.elements())
            : vector.definition().toString();
    add("vector " + vector.width() + definition);
  }

  private void work(Work work) {
    add("work " + Arrays.toString(work.tokens()) + work.reads() + work.kept() + work.compared());
    work.edits().forEach(e -> add(e.slice() + " " + e.change()));
    Route route = work.route();
    if (route instanceof Route.Full full) {
      add("full " + full.end() + Arrays.toString(full.finals()));
    } else if (route instanceof Route.Join j) {
      String rows = j.first() + " " + j.end() + Arrays.toString(j.finals());
      rows += j.delayed() + Arrays.toString(j.projected());
      add("join " + j.parent() + j.entry() + rows);
    } else if (route instanceof Route.Close close) {
      add("close " + close.parent() + Arrays.toString(close.positions()));
    } else {
      add(route);
    }
  }
}
