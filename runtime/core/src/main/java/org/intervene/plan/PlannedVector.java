package org.intervene.plan;

import java.util.List;
import org.intervene.diagnostic.Span;

/**
 * A direction in activation space.
 *
 * @param id index in {@link Plan#vectors()}
 * @param name how the spec calls it; empty for part of an expression
 * @param width number of elements
 */
public record PlannedVector(int id, Span span, String name, int width, Definition definition) {

  /** The activations that it is made from; empty if it is made from none, or from other vectors. */
  public List<Source> sources() {
    if (definition instanceof Definition.MeanOf mean) {
      return mean.sources();
    }
    return definition instanceof Definition.Principal principal ? principal.sources() : List.of();
  }

  /** The vectors that it is made from. */
  public List<Integer> parts() {
    if (definition instanceof Definition.Unit unit) {
      return List.of(unit.vector());
    } else if (definition instanceof Definition.RandomLike random) {
      return List.of(random.vector());
    } else if (definition instanceof Definition.Sum sum) {
      return sum.terms().stream().map(Term::vector).toList();
    }
    return List.of();
  }

  /** Where its elements come from. */
  public sealed interface Definition {
    /** Elements of a file, read and digested when the spec was checked. */
    record Literal(double[] elements) implements Definition {}

    /** Mean over cells and over each cell's selected positions, all with equal weight. */
    record MeanOf(List<Source> sources) implements Definition {
      public MeanOf {
        sources = List.copyOf(sources);
      }
    }

    /** Column of the unembedding matrix for a token. */
    record Unembedding(int token) implements Definition {}

    /** Another vector divided by its Euclidean norm. */
    record Unit(int vector) implements Definition {}

    /** Normal random direction, scaled to the norm of another vector. */
    record RandomLike(int vector, long seed) implements Definition {}

    /** Sum of coefficients times vectors. */
    record Sum(List<Term> terms) implements Definition {
      public Sum {
        terms = List.copyOf(terms);
      }
    }

    /**
     * k-th principal component (from 1) of the sources' rows, centred; its largest element is
     * positive.
     */
    record Principal(int component, List<Source> sources) implements Definition {
      public Principal {
        sources = List.copyOf(sources);
      }
    }
  }

  /** A slice of a cell. */
  public record Source(int cell, Slice slice) {}

  /** coefficient times vector. */
  public record Term(int vector, double coefficient) {}
}
