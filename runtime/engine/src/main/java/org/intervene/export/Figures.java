package org.intervene.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.metric.ArrayAxis;
import org.intervene.metric.LabelledArray;
import org.intervene.result.Pictures;
import org.intervene.result.PlotGrid;

/** The pictures of a stored result, drawn as in its report. */
public final class Figures {
  private final StoredResult result;
  private final List<Figure> figures = new ArrayList<>();

  private record Figure(String name, Pictures.Picture picture) {}

  /** Draws every plot. */
  public Figures(StoredResult result) {
    this.result = result;
    try {
      result.root().path("plots").forEach(this::add);
    } catch (IllegalArgumentException e) {
      throw ExportProblems.noResult(result.directory(), String.valueOf(e.getMessage()));
    }
  }

  private void add(JsonNode plot) {
    String kind = plot.path("kind").asText();
    String title = plot.path("value").asText();
    for (Pictures.Picture picture : Pictures.of(kind, grid(plot), title)) {
      String caption = picture.caption().isEmpty() ? "" : ", " + picture.caption();
      figures.add(new Figure(kind + " " + title + caption, picture));
    }
  }

  private PlotGrid grid(JsonNode plot) {
    JsonNode cells = plot.path("cells");
    StoredJson.requireShape(cells);
    List<PlotGrid.Channel> channels = new ArrayList<>();
    List<ArrayAxis> axes = new ArrayList<>();
    for (int a = 0; a < cells.path("axes").size(); a++) {
      String name = cells.path("axes").get(a).asText();
      StoredAxis axis =
          result.axisOf(plot.path("value").asText(), name, cells.path("shape").path(a));
      channels.add(
          new PlotGrid.Channel(
              channel(plot, name),
              name,
              axis.shown(),
              Optional.of(axis.values()).filter(v -> !v.isEmpty())));
      axes.add(new ArrayAxis(name, "", axis.labels(), places(axis.size())));
    }
    int size = LabelledArray.size(axes);
    double[] low = StoredJson.numbers(cells.path("low"), size);
    double[] high = StoredJson.numbers(cells.path("high"), size);
    LabelledArray mean =
        LabelledArray.of(
            axes,
            StoredJson.numbers(cells.path("mean"), size),
            StoredJson.present(cells.path("mean"), size));
    axes.add(ArrayAxis.bounds());
    double[] bounds =
        IntStream.range(0, 2 * size)
            .mapToDouble(i -> i % 2 == 0 ? low[i / 2] : high[i / 2])
            .toArray();
    return new PlotGrid(channels, mean, LabelledArray.of(axes, bounds));
  }

  private static String channel(JsonNode plot, String axis) {
    for (String name : List.of("x", "y", "series")) {
      if (plot.path("channels").path(name).asText().equals(axis)) {
        return name;
      }
    }
    throw new IllegalArgumentException("a plot has an axis without a channel");
  }

  private static List<Double> places(int size) {
    return IntStream.range(0, size).mapToObj(i -> (double) i).toList();
  }

  /**
   * One figure.
   *
   * @param number from 1; may be left out where there is one figure
   * @throws DiagnosticException if there is no such figure, or it has to be said which
   */
  public Pictures.Picture picture(OptionalInt number) {
    if (figures.isEmpty()) {
      throw ExportProblems.noFigure(result.directory());
    }
    int wanted = number.orElse(figures.size() == 1 ? 1 : 0);
    if (wanted < 1 || wanted > figures.size()) {
      throw ExportProblems.whichFigure(
          result.directory(), figures.stream().map(Figure::name).toList());
    }
    return figures.get(wanted - 1).picture();
  }

  /** One figure as a PDF page of its size. */
  public static void pdf(Pictures.Picture picture, OutputStream out) throws IOException {
    SvgPdf.write(picture.svg(), out);
  }
}
