package org.intervene.cli;

import java.util.ArrayList;
import java.util.List;
import org.intervene.result.CellNumbers;
import org.intervene.result.ColourScale;
import org.intervene.result.PlotGrid;

/**
 * A heat map of characters: numbers on coloured ground where they fit, else plain coloured fields;
 * without colours numbers with a shade behind them, or shades alone. Columns that do not fit in the
 * line go to a further block.
 */
final class HeatMapText {
  private static final String SHADES = " \u2591\u2592\u2593\u2588";
  private static final int WIDEST_LABEL = 18;

  private final PlotGrid grid;
  private final Screen screen;
  private final int series;
  private final ColourScale scale;
  private final CellNumbers written;
  private final List<String> columns;
  private final List<String> rows;
  private final int margin;
  private final boolean numbers;
  private final int cell;

  HeatMapText(PlotGrid grid, int series, Screen screen) {
    this.grid = grid;
    this.screen = screen;
    this.series = series;
    this.scale = grid.scale();
    this.written = grid.cellNumbers();
    this.columns = safe(grid.shown("x"));
    this.rows = safe(grid.shown("y"));
    int widest = rows.stream().mapToInt(Columns::width).max().orElse(0);
    this.margin = Math.min(WIDEST_LABEL, Math.max(widest, 2)) + 2;
    int needed = numbersWidth();
    this.numbers = margin + needed * columns.size() <= screen.width();
    this.cell = numbers ? labelsWidth(needed) : 2;
  }

  private static List<String> safe(List<String> texts) {
    return texts.stream().map(Screen::safe).toList();
  }

  /** Columns that the longest number takes, with a gap and, where there are no colours, a shade. */
  private int numbersWidth() {
    int widest = 0;
    for (int y = 0; y < rows.size(); y++) {
      for (int x = 0; x < columns.size(); x++) {
        if (grid.isPresent(x, y, series)) {
          widest = Math.max(widest, written.text(grid.mean(x, y, series)).length());
        }
      }
    }
    return widest + (screen.hasColours() ? 1 : 2);
  }

  /** Wider cells if that lets the columns' labels stand level above them. */
  private int labelsWidth(int needed) {
    int labels = columns.stream().mapToInt(Columns::width).max().orElse(0) + 1;
    boolean level = margin + labels * columns.size() <= screen.width();
    return level ? Math.max(labels, needed) : needed;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    int most = Math.max(1, (screen.width() - margin) / cell);
    for (int from = 0; from < columns.size(); from += most) {
      int to = Math.min(columns.size(), from + most);
      header(lines, from, to);
      for (int y = 0; y < rows.size(); y++) {
        lines.add(row(y, from, to).stripTrailing());
      }
    }
    lines.add(legend());
    return lines;
  }

  /** Level labels in one line, or in two (a position's number, then its token), or upright ones. */
  private void header(List<String> lines, int from, int to) {
    List<String> shown = columns.subList(from, to);
    if (shown.stream().allMatch(label -> Columns.width(label) < cell)) {
      level(lines, shown);
    } else if (numbers) {
      level(lines, shown.stream().map(label -> label.substring(0, split(label))).toList());
      level(lines, shown.stream().map(label -> label.substring(split(label)).strip()).toList());
    } else {
      upright(lines, shown);
    }
  }

  /** Where a label is divided: behind its number, if a name follows. */
  private static int split(String label) {
    int space = label.indexOf(' ');
    return Math.max(0, space);
  }

  private void level(List<String> lines, List<String> shown) {
    StringBuilder line = new StringBuilder(" ".repeat(margin));
    shown.forEach(label -> line.append(centred(Columns.cut(label, cell - 1))));
    lines.add(screen.quiet(line.toString().stripTrailing()));
  }

  /** Labels that read downwards, one character a line. */
  private void upright(List<String> lines, List<String> shown) {
    int tall =
        shown.stream().mapToInt(label -> label.codePointCount(0, label.length())).max().orElse(0);
    int height = Math.min(tall, WIDEST_LABEL);
    for (int i = 0; i < height; i++) {
      StringBuilder line = new StringBuilder(" ".repeat(margin));
      for (String label : shown) {
        int[] characters = label.codePoints().toArray();
        int at = i - (height - Math.min(characters.length, height));
        String character = at < 0 ? " " : Character.toString(characters[at]);
        line.append(centred(Columns.width(character) == 1 ? character : "\u25a1"));
      }
      lines.add(screen.quiet(line.toString().stripTrailing()));
    }
  }

  private String centred(String text) {
    int room = Math.max(0, cell - Columns.width(text));
    return " ".repeat((room + 1) / 2) + text + " ".repeat(room / 2);
  }

  private String row(int y, int from, int to) {
    StringBuilder line = new StringBuilder();
    String label = Columns.cut(rows.get(y), margin - 2);
    line.append(screen.quiet(Columns.right(label, margin - 2))).append("  ");
    for (int x = from; x < to; x++) {
      line.append(grid.isPresent(x, y, series) ? cell(grid.mean(x, y, series)) : " ".repeat(cell));
    }
    return line.toString();
  }

  private String cell(double value) {
    String number = written.text(value);
    if (screen.hasColours()) {
      int rgb = Double.isNaN(value) ? 0x808080 : scale.rgb(value);
      return screen.onGround(rgb, ColourScale.isDark(rgb), numbers ? centred(number) : "  ");
    }
    String shade = Double.isNaN(value) ? "?" : shade(value);
    return numbers ? Columns.right(number + shade, cell) : shade.repeat(cell);
  }

  /** Darker is larger; on a scale with both signs, farther from zero. */
  private String shade(double value) {
    double share = scale.share(value);
    double strength = scale.isDiverging() ? Math.abs(2 * share - 1) : share;
    int index = (int) Math.min(SHADES.length() - 1, Math.floor(strength * SHADES.length()));
    return SHADES.substring(index, index + 1);
  }

  private String legend() {
    StringBuilder line = new StringBuilder(" ".repeat(margin));
    line.append(written.text(scale.low())).append(' ');
    int steps = 12;
    for (int i = 0; i < steps; i++) {
      double value = scale.low() + (i + 0.5) / steps * (scale.high() - scale.low());
      line.append(
          screen.hasColours() ? screen.onGround(scale.rgb(value), false, " ") : shade(value));
    }
    return line.append(' ').append(written.text(scale.high())).toString();
  }
}
