package org.intervene.golden;

import java.util.List;
import java.util.function.Predicate;
import org.intervene.ast.GoldenClause;
import org.intervene.ast.Spec;
import org.intervene.digest.SpecDigest;
import org.intervene.metric.MetricTables;
import org.intervene.result.Result;

/**
 * What a spec gave.
 *
 * @param work digest of the words that decide its numbers
 * @param byExample whether the tables are per example, or averaged over examples
 * @param tables one for each run and metric that has a tolerance
 */
public record Golden(String work, Made made, boolean byExample, List<MetricTables.Table> tables) {
  public Golden {
    tables = List.copyOf(tables);
  }

  /**
   * What a result would pin.
   *
   * @param spec as its author wrote it, wherever its model lies on this machine
   */
  public static Golden of(Spec spec, GoldenClause clause, Result result, Made made) {
    Tolerances tolerances = new Tolerances(clause);
    Predicate<MetricTables.Table> pinned = table -> tolerances.pins(table.metric());
    List<MetricTables.Table> tables =
        clause.isByExample()
            ? result.tables()
            : result.summaries().stream()
                .map(s -> new MetricTables.Table(s.run(), s.metric(), s.mean()))
                .toList();
    return new Golden(
        SpecDigest.ofWork(spec),
        made,
        clause.isByExample(),
        tables.stream().filter(pinned).toList());
  }
}
