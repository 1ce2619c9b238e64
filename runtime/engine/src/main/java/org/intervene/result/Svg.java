package org.intervene.result;

import java.util.Locale;

/** Writes a picture; coordinates are pixels with one decimal. */
final class Svg {
  private final StringBuilder body = new StringBuilder();

  static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        default -> out.append(c < ' ' && c != '\n' && c != '\t' ? '\ufffd' : c);
      }
    }
    return out.toString();
  }

  static String number(double x) {
    String text = String.format(Locale.ROOT, "%.1f", x);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  static String colour(int rgb) {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }

  /** A rectangle that tells its meaning when pointed at. */
  Svg rectangle(double x, double y, double width, double height, String fill, String title) {
    body.append("<rect x=\"").append(number(x)).append("\" y=\"").append(number(y));
    body.append("\" width=\"").append(number(width)).append("\" height=\"").append(number(height));
    body.append("\" fill=\"").append(fill).append("\">");
    return title(title, "</rect>\n");
  }

  Svg circle(double x, double y, double radius, String fill, String title) {
    body.append("<circle cx=\"").append(number(x)).append("\" cy=\"").append(number(y));
    body.append("\" r=\"").append(number(radius)).append("\" fill=\"").append(fill).append("\">");
    return title(title, "</circle>\n");
  }

  private Svg title(String title, String end) {
    if (!title.isEmpty()) {
      body.append("<title>").append(escaped(title)).append("</title>");
    }
    body.append(end);
    return this;
  }

  Svg line(double x1, double y1, double x2, double y2, String style) {
    body.append("<path d=\"M").append(number(x1)).append(' ').append(number(y1));
    body.append('L').append(number(x2)).append(' ').append(number(y2)).append("\" class=\"");
    body.append(style).append("\"/>\n");
    return this;
  }

  /** A path of commands that are ready to use. */
  Svg path(String commands, String attributes) {
    body.append("<path d=\"").append(commands).append("\" ").append(attributes).append("/>\n");
    return this;
  }

  /**
   * A line of text.
   *
   * @param anchor {@code start}, {@code middle} or {@code end}
   */
  Svg text(double x, double y, String anchor, String text, String attributes) {
    body.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y));
    body.append("\" text-anchor=\"").append(anchor).append("\" ").append(attributes).append('>');
    body.append(escaped(text)).append("</text>\n");
    return this;
  }

  /** Text that reads upwards and ends at a point. */
  Svg upright(double x, double y, String text) {
    String turn = "transform=\"rotate(-90 " + number(x) + " " + number(y) + ")\"";
    return text(x, y, "end", text, turn);
  }

  /** The name of an axis that goes up, centred on a point. */
  Svg upwards(double x, double y, String name) {
    String turn = "class=\"axis\" transform=\"rotate(-90 " + number(x) + " " + number(y) + ")\"";
    return text(x, y, "middle", name, turn);
  }

  String picture(double width, double height, String description) {
    return "<svg role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %s %s\" width=\"%s\" height=\"%s\">\n%s</svg>\n"
        .formatted(
            escaped(description),
            number(width),
            number(height),
            number(width),
            number(height),
            body);
  }
}
