package org.intervene.result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intervene.check.SweepKind;
import org.intervene.metric.ArrayAxis;
import org.intervene.metric.PlotData;
import org.intervene.metric.Summary;
import org.intervene.plan.Plan;
import org.intervene.plan.PlannedRun;
import org.intervene.plan.SweepAxis;

/** Pictures of swept runs for a spec that asks for none: the last metric of each. */
final class DefaultPlots {
  private DefaultPlots() {}

  static List<PlotData> of(Plan plan, List<Summary> summaries) {
    List<PlotData> plots = new ArrayList<>();
    for (PlannedRun run : plan.runs()) {
      summaries.stream()
          .filter(s -> s.run().equals(run.name()) && sweeps(s, run))
          .reduce((first, last) -> last)
          .ifPresent(summary -> plots.add(plot(summary, run)));
    }
    return plots;
  }

  private static boolean sweeps(Summary summary, PlannedRun run) {
    return !run.axes().isEmpty()
        && summary.mean().axes().stream()
            .allMatch(a -> run.axes().stream().anyMatch(s -> s.name().equals(a.name())))
        && !summary.mean().isScalar();
  }

  /** Two axes make a heat map, positions or else the inner one across; one axis makes a line. */
  private static PlotData plot(Summary summary, PlannedRun run) {
    List<ArrayAxis> widest = new ArrayList<>(summary.mean().axes());
    widest.sort(Comparator.comparingInt(ArrayAxis::size).reversed());
    Set<String> shown = new LinkedHashSet<>();
    widest.stream().limit(2).forEach(a -> shown.add(a.name()));
    List<String> order =
        run.axes().stream()
            .filter(a -> shown.contains(a.name()))
            .sorted(Comparator.comparing((SweepAxis a) -> a.kind() == SweepKind.POSITION))
            .map(SweepAxis::name)
            .toList();
    Map<String, String> channels = new LinkedHashMap<>();
    channels.put("x", order.get(order.size() - 1));
    if (order.size() > 1) {
      channels.put("y", order.get(0));
    }
    return PlotData.of(order.size() > 1 ? "heatmap" : "line", summary, channels);
  }
}
