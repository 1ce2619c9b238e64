package org.intervene.cli;

import java.util.Locale;
import java.util.Map;
import org.intervene.diagnostic.Unprintable;

/**
 * What the place that output goes to can show.
 *
 * @param width columns of a line
 */
record Screen(Colours colours, int width) {
  /** How many colours there are. */
  enum Colours {
    NONE,
    INDEXED,
    TRUE
  }

  /** When to use colours: the {@code --color} option. */
  enum When {
    AUTO,
    ALWAYS,
    NEVER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int USUAL_WIDTH = 80;
  private static final int WIDEST = 240;

  /**
   * Works out what standard output can show.
   *
   * @param terminal whether it is a terminal
   * @param environment environment variables: {@code NO_COLOR}, {@code TERM}, {@code COLORTERM},
   *     {@code COLUMNS}
   */
  static Screen of(When when, boolean terminal, Map<String, String> environment) {
    boolean wanted =
        switch (when) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO ->
              terminal
                  && environment.getOrDefault("NO_COLOR", "").isEmpty()
                  && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        };
    return new Screen(wanted ? colours(environment) : Colours.NONE, width(environment));
  }

  private static Colours colours(Map<String, String> environment) {
    String name = environment.getOrDefault("COLORTERM", "");
    return name.equals("truecolor") || name.equals("24bit") ? Colours.TRUE : Colours.INDEXED;
  }

  private static int width(Map<String, String> environment) {
    try {
      int columns = Integer.parseInt(environment.getOrDefault("COLUMNS", ""));
      return columns > 0 ? Math.max(40, Math.min(columns, WIDEST)) : USUAL_WIDTH;
    } catch (NumberFormatException e) {
      return USUAL_WIDTH; // not a terminal, or one that does not say
    }
  }

  boolean hasColours() {
    return colours != Colours.NONE;
  }

  /** Text on a coloured ground, black or white by what reads better. */
  String onGround(int rgb, boolean white, String text) {
    return switch (colours) {
      case NONE -> text;
      case INDEXED ->
          "\u001b[48;5;%d;38;5;%dm%s\u001b[0m".formatted(cube(rgb), white ? 15 : 16, text);
      case TRUE ->
          "\u001b[48;2;%d;%d;%d;38;2;%sm%s\u001b[0m"
              .formatted(
                  rgb >> 16 & 0xff,
                  rgb >> 8 & 0xff,
                  rgb & 0xff,
                  white ? "255;255;255" : "0;0;0",
                  text);
    };
  }

  /** Nearest colour of the 6 x 6 x 6 cube of 256-colour terminals. */
  private static int cube(int rgb) {
    int index = 16;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int channel = rgb >> shift & 0xff;
      int step = channel < 48 ? 0 : channel < 115 ? 1 : (channel - 35) / 40;
      index += step * (shift == 16 ? 36 : shift == 8 ? 6 : 1);
    }
    return index;
  }

  String bold(String text) {
    return styled("1", text);
  }

  String quiet(String text) {
    return styled("2", text);
  }

  String good(String text) {
    return styled("32", text);
  }

  String bad(String text) {
    return styled("31;1", text);
  }

  private String styled(String code, String text) {
    return hasColours() && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /** A text from a spec or a tokenizer without anything that would move the cursor. */
  static String safe(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints().forEach(c -> safe.appendCodePoint(Unprintable.fits(c) ? c : 0xFFFD));
    return safe.toString();
  }
}
