package org.intervene.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a template, cut into pieces: {@code {A}} is the slot {@code A}; {@code {{} and {@code
 * }}} stand for one brace each.
 */
public final class TemplateText {
  private static final Pattern PIECE =
      Pattern.compile("\\{\\{|\\}\\}|\\{([\\p{L}_][\\p{L}\\p{M}\\p{Nd}_]*)\\}|[{}]|[^{}]+");

  private TemplateText() {}

  /** A stretch of the template. */
  public sealed interface Piece {
    /** Text that stands as it is. */
    record Fixed(String text) implements Piece {}

    /** A place that a value fills. */
    record Slot(String name) implements Piece {}

    /**
     * A brace that neither opens nor closes a slot.
     *
     * @param offset index of the character in the text
     */
    record LoneBrace(int offset) implements Piece {}
  }

  /** The pieces in order; texts next to each other are one piece. */
  public static List<Piece> pieces(String text) {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder fixed = new StringBuilder();
    Matcher matcher = PIECE.matcher(text);
    while (matcher.find()) {
      String found = matcher.group();
      if (matcher.group(1) != null) {
        flush(fixed, pieces);
        pieces.add(new Piece.Slot(matcher.group(1)));
      } else if (found.equals("{") || found.equals("}")) {
        flush(fixed, pieces);
        pieces.add(new Piece.LoneBrace(matcher.start()));
      } else {
        fixed.append(found.equals("{{") || found.equals("}}") ? found.substring(1) : found);
      }
    }
    flush(fixed, pieces);
    return List.copyOf(pieces);
  }

  /** The slots' names in the order in which they first stand in the text. */
  public static List<String> slots(String text) {
    return pieces(text).stream()
        .flatMap(
            piece ->
                piece instanceof Piece.Slot slot
                    ? Optional.of(slot.name()).stream()
                    : Optional.<String>empty().stream())
        .distinct()
        .toList();
  }

  private static void flush(StringBuilder fixed, List<Piece> pieces) {
    if (!fixed.isEmpty()) {
      pieces.add(new Piece.Fixed(fixed.toString()));
      fixed.setLength(0);
    }
  }
}
