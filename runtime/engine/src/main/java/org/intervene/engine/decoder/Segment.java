package org.intervene.engine.decoder;

/**
 * Consecutive rows that hold consecutive positions of one input.
 *
 * @param first position of the first row; keys and values of earlier positions come from a {@link
 *     Prefix}
 * @param rows number of rows
 * @param length tokens of the whole input, of which the rows may be a part
 */
public record Segment(int first, int rows, int length) {
  /** All positions of an input. */
  public static Segment whole(int length) {
    return new Segment(0, length, length);
  }

  /** With so many more rows behind it. */
  public Segment longer(int more) {
    return new Segment(first, rows + more, length);
  }
}
