package org.intervene.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.engine.weights.Products;

/** Where the time of a sweep goes, and what its products reach of the machine's peak. */
record Breakdown(Settings settings) {
  private static final int TOKENS = 15;
  private static final int MOST = 3;
  private static final double TARGET = 0.6;
  private static final String TEXT =
      """
      The planned `resid_pre` sweep over all layers and %d positions of pairs that differ in every token; a listener times
      each call into libtorch. A crossing costs what a call costs that does nothing, %.1f µs here, and is taken off the
      parts above it. Products by weights reach **%.0f %%** (one pair) and **%.0f %%** (%d pairs) of the %.0f GF/s that one
      product of two %d × %d float32 matrices reaches in the same process with the same %d threads; to reach: ≥ %.0f %%%s.
      """;

  Section section() throws IOException {
    Path model = settings.model().in(settings.folder());
    TorchRuntime.start().threads(settings.threads());
    CallCost empty = CallCost.measured();
    try (Own own = new Own(model, 1, Products.PACKED)) {
      double before = Machine.sgemm();
      Profile one = profile(own, 1);
      Profile many = profile(own, many());
      double peak = Math.max(before, Machine.sgemm());
      String text = text(one, many, empty, peak);
      List<String> columns = List.of("part", "one pair", "share", many() + " pairs", "share");
      return new Section("Where the time goes", text, columns, rows(one, many, empty));
    }
  }

  private int many() {
    return settings.quick() ? 2 : 8;
  }

  private Profile profile(Own own, int pairs) {
    String spec =
        Sweeps.residual(new Prompts(settings.model().vocabulary()).different(pairs, TOKENS));
    Runnable work = () -> own.planned("profiled", spec);
    work.run();
    return Profile.of(work, Math.min(MOST, settings.repetitions()));
  }

  private String text(Profile one, Profile many, CallCost empty, double peak) {
    double least = Math.min(one.productRate(), many.productRate()) / peak;
    return Figures.format(
        TEXT,
        TOKENS,
        1e6 * (empty.inside() + empty.outside()),
        100 * one.productRate() / peak,
        100 * many.productRate() / peak,
        many(),
        peak / 1e9,
        Machine.SIZE,
        Machine.SIZE,
        settings.threads(),
        100 * TARGET,
        least < TARGET ? ", missed" : "");
  }

  private static List<List<String>> rows(Profile one, Profile many, CallCost empty) {
    List<List<String>> rows = new ArrayList<>();
    for (Profile.Kind kind : Profile.Kind.values()) {
      List<String> row = new ArrayList<>(List.of(kind.shown));
      for (Profile profile : List.of(one, many)) {
        double seconds = profile.seconds(kind, empty);
        row.add(Figures.time(seconds));
        row.add(Figures.format("%.0f %%", 100 * seconds / profile.total()));
      }
      rows.add(row);
    }
    rows.add(
        List.of(
            "all; calls into libtorch",
            Figures.time(one.total()),
            Long.toString(one.calls()),
            Figures.time(many.total()),
            Long.toString(many.calls())));
    return rows;
  }
}
