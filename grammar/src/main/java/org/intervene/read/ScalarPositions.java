package org.intervene.read;

import java.util.Optional;
import org.intervene.diagnostic.SourceText;
import org.intervene.diagnostic.Span;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Finds where each character of a YAML scalar's value stands in the file, by decoding the scalar
 * again. Should the decoding ever differ from the YAML library's, positions are the whole scalar's.
 */
final class ScalarPositions {
  private final SourceText source;
  private final int[] text;

  ScalarPositions(SourceText source) {
    this.source = source;
    this.text = source.text().codePoints().toArray();
  }

  /** The positions of one scalar. */
  record Mapped(SourceText source, int start, int end, Optional<ScalarDecoding> decoding)
      implements Positions {

    @Override
    public Span span(int from, int to) {
      if (decoding.isEmpty()) {
        return source.span(start, end);
      }
      int first = decoding.get().from(from);
      int last = to > from ? decoding.get().to(to - 1) : first;
      return source.span(first, last);
    }

    int offset(int index) {
      return decoding.map(d -> d.from(index)).orElse(start);
    }
  }

  Mapped of(ScalarNode scalar) {
    int start = scalar.getStartMark().getIndex();
    int end = Math.min(scalar.getEndMark().getIndex(), text.length);
    int[] value = scalar.getValue().codePoints().toArray();
    Optional<ScalarDecoding> decoding =
        switch (scalar.getScalarStyle()) {
          case PLAIN -> FlowScalar.plain(text, start, end, value);
          case SINGLE_QUOTED -> FlowScalar.singleQuoted(text, start, end, value);
          case DOUBLE_QUOTED -> FlowScalar.doubleQuoted(text, start, end, value);
          case LITERAL -> BlockScalar.decode(text, start, end, value, false);
          case FOLDED -> BlockScalar.decode(text, start, end, value, true);
          default -> Optional.empty();
        };
    return new Mapped(source, start, end, decoding);
  }
}
