package org.intervene.ast;

import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Span;

/**
 * An expression: an index, a number, a vector, a metric, a reduction or an expectation, by where it
 * stands.
 */
public sealed interface Expr {
  Span span();

  /** A number; whole numbers up to 2^53 are exact. */
  record Number(Span span, double value) implements Expr {}

  /** A text, mostly a token such as {@code " Paris"}. */
  record Text(Span span, String text) implements Expr {}

  /**
   * A sweep variable, parameter, metric, column, vector, {@code last} or a named span of the input.
   */
  record Name(Span span, String name) implements Expr {}

  /** A dotted name: {@code clean.ld}, {@code subject.last}. */
  record Path(Span span, List<Word> parts) implements Expr {
    public Path {
      parts = List.copyOf(parts);
    }
  }

  /** A template's slot, {@code {A}}. */
  record Slot(Span span, String name) implements Expr {}

  /** {@code [1, 2, 3]} or {@code ["Mary", "John"]}. */
  record Listing(Span span, List<Expr> items) implements Expr {
    public Listing {
      items = List.copyOf(items);
    }
  }

  /** {@code -x} or {@code not x}. */
  record Unary(Span span, Operator operator, Expr operand) implements Expr {}

  /** {@code x + y}, {@code x >= y}, {@code x and y}. */
  record Binary(Span span, Operator operator, Expr left, Expr right) implements Expr {}

  /** {@code if a then b else c}. */
  record If(Span span, Expr condition, Expr yes, Expr no) implements Expr {}

  /**
   * {@code logit(answer) @ 3}, {@code mean(patched.ld over example)}, {@code argmax(x by layer,
   * pos)}.
   *
   * @param over axes reduced over, or in {@code mean(S over DATA)} the dataset; empty means every
   *     axis
   * @param by axes kept; at most one of {@code over} and {@code by} is given
   * @param at the position that a token function reads; absent means the last
   */
  record Call(
      Span span,
      Word function,
      List<Expr> arguments,
      List<Axes> over,
      List<Axes> by,
      Optional<Selection> at)
      implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
      over = List.copyOf(over);
      by = List.copyOf(by);
    }
  }

  /** One name after {@code over} or {@code by}: an axis, or a dataset with an optional column. */
  record Axes(Span span, Word name, Optional<Word> column) {}

  /** {@code patched.restored[layer=3, pos=last]}: one coordinate for each axis named. */
  record At(Span span, Expr target, List<Coordinate> coordinates) implements Expr {
    public At {
      coordinates = List.copyOf(coordinates);
    }
  }

  /** {@code layer=3}. */
  record Coordinate(Span span, Word axis, Expr value) {}

  /** A slice of a site as an argument, such as in {@code norm(resid_post[3] @ last)}. */
  record Slice(Span span, SiteRef site) implements Expr {}

  /** {@code file "steer.safetensors#direction"}: a tensor of a safetensors file. */
  record FileTensor(Span span, Word path) implements Expr {}

  /** {@code random like dir seed 7}: a random vector of the same shape and norm. */
  record RandomLike(Span span, Word like, Expr seed) implements Expr {}

  /** Unary and binary operators, as they are spelled. */
  enum Operator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    EQUAL("=="),
    NOT_EQUAL("!="),
    AND("and"),
    OR("or"),
    NOT("not");

    private final String spelled;

    Operator(String spelled) {
      this.spelled = spelled;
    }

    public String spelled() {
      return spelled;
    }
  }
}
