package org.intervene.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The pictures of a plot; a heat map with series has one for each. */
public final class Pictures {
  private Pictures() {}

  /**
   * A picture.
   *
   * @param caption what tells it from the others of its plot; may be empty
   * @param svg to be put into a page
   */
  public record Picture(String caption, String svg) {
    /** The same as a file of its own, on a white page. */
    public String file() {
      return svg.replaceFirst(
          "<svg ([^>]*>)",
          "<svg xmlns=\"http://www.w3.org/2000/svg\" $1\n<style>" + STYLE + "</style>");
    }
  }

  private static final String STYLE = style();

  /**
   * Draws a plot.
   *
   * @param kind {@code heatmap}, {@code line} or {@code bar}; a {@code table} has no picture
   */
  public static List<Picture> of(String kind, PlotGrid grid, String title) {
    return switch (kind) {
      case "heatmap" -> heatMaps(grid, title);
      case "line", "bar" ->
          List.of(new Picture("", SeriesPicture.of(grid, title, kind.equals("bar"))));
      default -> List.of();
    };
  }

  private static List<Picture> heatMaps(PlotGrid grid, String title) {
    List<Picture> pictures = new ArrayList<>();
    for (int s = 0; s < grid.size("series"); s++) {
      pictures.add(new Picture(caption(grid, s), HeatMapPicture.of(grid, s, title)));
    }
    return pictures;
  }

  /** What a series is called under its picture or table. */
  static String caption(PlotGrid grid, int series) {
    return grid.axis("series").map(a -> a + " " + grid.shown("series").get(series)).orElse("");
  }

  private static String style() {
    try (InputStream in = Pictures.class.getResourceAsStream("figure.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
