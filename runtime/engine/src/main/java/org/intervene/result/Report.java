package org.intervene.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.metric.Expectation;
import org.intervene.metric.PlotData;
import org.intervene.metric.Shown;
import org.intervene.metric.Summary;

/** {@code report.html}: the whole result on one page that needs nothing but itself. */
final class Report {
  private final Result result;
  private final StringBuilder html = new StringBuilder();

  private Report(Result result) {
    this.result = result;
  }

  static String of(Result result) {
    return new Report(result).page();
  }

  private String page() {
    String name = Svg.escaped(result.spec().experiment().text());
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.append("<title>").append(name).append("</title>\n<style>\n").append(style());
    html.append("</style>\n</head>\n<body>\n<h1>").append(name).append("</h1>\n");
    result.spec().about().ifPresent(about -> paragraph(about.text()));
    expectations();
    summaries();
    result.plots().forEach(this::plot);
    notes();
    provenance();
    html.append("<h2>Spec</h2>\n<pre>").append(Svg.escaped(result.provenance().specText()));
    return html.append("</pre>\n</body>\n</html>\n").toString();
  }

  private static String style() {
    try (InputStream in = Report.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void paragraph(String text) {
    html.append("<p>").append(Svg.escaped(text)).append("</p>\n");
  }

  private void table(String... heads) {
    html.append("<table>\n<thead><tr>");
    for (String head : heads) {
      html.append("<th>").append(Svg.escaped(head)).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
  }

  private void row(String... fields) {
    html.append("<tr>");
    for (String field : fields) {
      html.append("<td>").append(Svg.escaped(field)).append("</td>");
    }
    html.append("</tr>\n");
  }

  private void endTable() {
    html.append("</tbody>\n</table>\n");
  }

  private void expectations() {
    if (result.expectations().isEmpty()) {
      return;
    }
    html.append("<h2>Expectations</h2>\n");
    table("", "expected", "seen");
    for (Expectation e : result.expectations()) {
      html.append(e.passed() ? "<tr class=\"held\">" : "<tr class=\"failed\">");
      html.append("<td>").append(e.passed() ? "\u2713 held" : "\u2717 failed");
      html.append("</td><td><code>").append(Svg.escaped(e.text()));
      html.append("</code></td><td>").append(Svg.escaped(e.seen())).append("</td></tr>\n");
    }
    endTable();
  }

  private void summaries() {
    html.append("<h2>Metrics</h2>\n");
    table("run", "metric", "mean", "95 % interval");
    for (Summary summary : result.summaries()) {
      row(
          summary.run(),
          summary.metric(),
          Shown.number(summary.overall().at(0)),
          interval(summary.overallBounds().at(0), summary.overallBounds().at(1)));
    }
    endTable();
    paragraph(
        "Means over all examples and sweep points; percentile bootstrap over examples, where there"
            + " are at least two.");
  }

  static String interval(double low, double high) {
    return Double.isNaN(low) ? "" : Shown.number(low) + " to " + Shown.number(high);
  }

  private void plot(PlotData plot) {
    PlotGrid grid = new PlotGrid(plot, result.labels());
    html.append("<h2>").append(Svg.escaped(plot.title())).append("</h2>\n");
    if (plot.kind().equals("table")) {
      for (int series = 0; series < grid.size("series"); series++) {
        figure(PlotTable.of(grid, series), Pictures.caption(grid, series));
      }
    }
    Pictures.of(plot.kind(), grid, plot.title()).forEach(p -> figure(p.svg(), p.caption()));
  }

  private void figure(String content, String caption) {
    html.append("<figure>").append(content);
    if (!caption.isEmpty()) {
      html.append("<figcaption>").append(Svg.escaped(caption)).append("</figcaption>");
    }
    html.append("</figure>\n");
  }

  private void notes() {
    if (result.notes().isEmpty()) {
      return;
    }
    html.append("<h2>Notes</h2>\n<ul>\n");
    for (Diagnostic note : result.notes()) {
      html.append("<li><code>").append(Svg.escaped(note.id())).append("</code> line ");
      html.append(note.place().span().line()).append(": ").append(Svg.escaped(note.message()));
      note.help().forEach(help -> html.append(". ").append(Svg.escaped(help)));
      html.append("</li>\n");
    }
    html.append("</ul>\n");
  }

  private void provenance() {
    Provenance p = result.provenance();
    html.append("<h2>Where it comes from</h2>\n");
    table("", "");
    row("model", p.modelSource());
    row("dtype, device", p.dtype() + ", " + p.device());
    row("prepended to inputs", p.bos());
    row("program", "intervene " + p.version() + ", " + p.engine());
    row("spec", p.specDigest());
    new TreeMap<>(p.digests()).forEach((role, digest) -> row(role, digest));
    for (Map.Entry<String, String> parameter : p.parameters().entrySet()) {
      boolean set = p.overridden().containsKey(parameter.getKey());
      row("param " + parameter.getKey(), parameter.getValue() + (set ? " (set for this run)" : ""));
    }
    endTable();
  }
}
