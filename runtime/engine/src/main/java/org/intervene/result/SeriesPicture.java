package org.intervene.result;

import java.util.List;
import java.util.Optional;
import org.intervene.metric.Shown;

/** Lines with bands, or bars with whiskers, for the mean and its 95 % interval. */
final class SeriesPicture {
  /** Colours of Okabe and Ito (2008), told apart with any kind of colour vision. */
  private static final String[] COLOURS = {
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#999999"
  };

  private static final double LEFT = 70;
  private static final double TOP = 10;
  private static final double WIDTH = 640;
  private static final double HEIGHT = 300;

  private final PlotGrid grid;
  private final String title;
  private final boolean bars;
  private final Svg svg = new Svg();
  private final List<String> labels;
  private final Optional<AxisScale> along;
  private final AxisScale up;

  private SeriesPicture(PlotGrid grid, String title, boolean bars) {
    this.grid = grid;
    this.title = title;
    this.bars = bars;
    this.labels = grid.shown("x");
    this.along = bars ? Optional.empty() : grid.numbers("x").map(SeriesPicture::across);
    this.up = upwards();
  }

  static String of(PlotGrid grid, String title, boolean bars) {
    return new SeriesPicture(grid, title, bars).draw();
  }

  private static AxisScale across(List<Double> numbers) {
    double low = numbers.stream().mapToDouble(v -> v).min().orElse(0);
    double high = numbers.stream().mapToDouble(v -> v).max().orElse(1);
    return AxisScale.around(low, high, LEFT, LEFT + WIDTH);
  }

  private AxisScale upwards() {
    double low = bars ? 0 : Double.POSITIVE_INFINITY;
    double high = bars ? 0 : Double.NEGATIVE_INFINITY;
    for (int x = 0; x < grid.size("x"); x++) {
      for (int s = 0; s < grid.size("series"); s++) {
        for (double v : new double[] {grid.mean(x, 0, s), grid.low(x, 0, s), grid.high(x, 0, s)}) {
          low = Double.isFinite(v) ? Math.min(low, v) : low;
          high = Double.isFinite(v) ? Math.max(high, v) : high;
        }
      }
    }
    return low <= high
        ? AxisScale.around(low, high, TOP + HEIGHT, TOP)
        : new AxisScale(0, 1, TOP + HEIGHT, TOP);
  }

  private String draw() {
    for (double tick : up.ticks()) {
      double y = up.at(tick);
      svg.line(LEFT, y, LEFT + WIDTH, y, tick == 0 ? "zero" : "grid");
      svg.text(LEFT - 6, y + 4, "end", Shown.number(tick), "");
    }
    for (int s = 0; s < grid.size("series"); s++) {
      if (bars) {
        bars(s);
      } else {
        line(s);
      }
    }
    double below = labels();
    svg.text(LEFT, below + 18, "start", grid.axis("x").orElse(""), "class=\"axis\"");
    svg.upwards(18, TOP + HEIGHT / 2, title);
    double legend = legend();
    return svg.picture(
        LEFT + WIDTH + legend, Math.max(below + 26, TOP + 20 + 18 * grid.size("series")), title);
  }

  private double x(int index) {
    double slot = WIDTH / labels.size();
    return along.isPresent()
        ? along.get().at(grid.numbers("x").orElseThrow().get(index))
        : LEFT + (index + 0.5) * slot;
  }

  private double labels() {
    int longest = labels.stream().mapToInt(String::length).max().orElse(0);
    boolean upright = longest * 7.0 * labels.size() > WIDTH;
    int step = upright ? (int) Math.ceil(12.0 * labels.size() / WIDTH) : 1;
    for (int i = 0; i < labels.size(); i += step) {
      if (upright) {
        svg.upright(x(i) + 4, TOP + HEIGHT + 6, labels.get(i));
      } else {
        svg.text(x(i), TOP + HEIGHT + 16, "middle", labels.get(i), "");
      }
    }
    return TOP + HEIGHT + (upright ? 8 + longest * 7.3 : 20);
  }

  private double legend() {
    if (grid.axis("series").isEmpty()) {
      return 12;
    }
    List<String> names = grid.shown("series");
    for (int s = 0; s < names.size(); s++) {
      double y = TOP + 8 + 18 * s;
      svg.rectangle(LEFT + WIDTH + 14, y - 8, 12, 10, colour(s), "");
      String name = grid.axis("series").orElseThrow() + " " + names.get(s);
      svg.text(LEFT + WIDTH + 31, y + 1, "start", name, "");
    }
    return 60 + 6.6 * (grid.axis("series").orElse("").length() + longest(names));
  }

  private static int longest(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  /** Few series get colours that differ; many, such as layers, get shades in their order. */
  private String colour(int series) {
    int count = grid.size("series");
    return count <= COLOURS.length
        ? COLOURS[series]
        : Svg.colour(ColourScale.sequential(0, count).rgb(series));
  }

  private void line(int s) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < labels.size(); i++) {
      double mean = grid.mean(i, 0, s);
      pen &= Double.isFinite(mean);
      if (Double.isFinite(mean)) {
        path.append(pen ? 'L' : 'M').append(point(i, mean));
        pen = true;
      }
    }
    band(s);
    svg.path(path.toString(), "fill=\"none\" stroke-width=\"2\" stroke=\"" + colour(s) + "\"");
    for (int i = 0; i < labels.size(); i++) {
      if (Double.isFinite(grid.mean(i, 0, s))) {
        svg.circle(x(i), up.at(grid.mean(i, 0, s)), 3, colour(s), described(i, s));
      }
    }
  }

  private void band(int s) {
    StringBuilder there = new StringBuilder();
    StringBuilder back = new StringBuilder();
    for (int i = 0; i < labels.size(); i++) {
      if (Double.isFinite(grid.low(i, 0, s)) && Double.isFinite(grid.high(i, 0, s))) {
        there.append(there.length() == 0 ? 'M' : 'L').append(point(i, grid.high(i, 0, s)));
        back.insert(0, "L" + point(i, grid.low(i, 0, s)));
      }
    }
    if (there.length() > 0) {
      String style = "class=\"band\" fill=\"" + colour(s) + "\"";
      svg.path(there.append(back).append('Z').toString(), style);
    }
  }

  private void bars(int s) {
    double slot = WIDTH / labels.size();
    double width = slot * 0.8 / grid.size("series");
    for (int i = 0; i < labels.size(); i++) {
      double mean = grid.mean(i, 0, s);
      if (Double.isFinite(mean)) {
        double left = LEFT + (i + 0.1) * slot + s * width;
        double top = Math.min(up.at(mean), up.at(0));
        double height = Math.abs(up.at(mean) - up.at(0));
        svg.rectangle(left, top, width, height, colour(s), described(i, s));
        if (Double.isFinite(grid.low(i, 0, s))) {
          double middle = left + width / 2;
          svg.line(middle, up.at(grid.low(i, 0, s)), middle, up.at(grid.high(i, 0, s)), "whisker");
        }
      }
    }
  }

  private String point(int index, double value) {
    return Svg.number(x(index)) + " " + Svg.number(up.at(value));
  }

  private String described(int i, int s) {
    String interval =
        Double.isNaN(grid.low(i, 0, s))
            ? ""
            : " ["
                + Shown.number(grid.low(i, 0, s))
                + ", "
                + Shown.number(grid.high(i, 0, s))
                + "]";
    String series =
        grid.axis("series").map(a -> a + " " + grid.shown("series").get(s) + ", ").orElse("");
    return series
        + grid.axis("x").orElse("")
        + " "
        + labels.get(i)
        + ": "
        + Shown.number(grid.mean(i, 0, s))
        + interval;
  }
}
