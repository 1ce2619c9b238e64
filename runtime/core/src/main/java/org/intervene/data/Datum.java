package org.intervene.data;

import java.util.List;
import java.util.Map;
import org.intervene.diagnostic.Diagnostic.Place;
import org.intervene.diagnostic.Span;

/** One cell of a dataset. */
public sealed interface Datum {
  /** Where it was written: in the spec (its file name is then empty) or in a file of rows. */
  Place place();

  /** What kind of thing it holds, as messages say it. */
  String kind();

  /**
   * A text.
   *
   * @param slots where the slots of a template ended up, by name; empty for a text that no template
   *     made
   */
  record Text(String text, Place place, Map<String, List<Stretch>> slots) implements Datum {
    public Text {
      slots = Map.copyOf(slots);
    }

    public Text(String text, Place place) {
      this(text, place, Map.of());
    }

    /** A text in the spec. */
    public Text(String text, Span span) {
      this(text, new Place("", span));
    }

    @Override
    public String kind() {
      return "a text";
    }
  }

  /**
   * Token ids, used as they are.
   *
   * @param ids [pos]; never changed
   */
  record Tokens(int[] ids, Place place) implements Datum {
    /** Token ids in the spec. */
    public Tokens(int[] ids, Span span) {
      this(ids, new Place("", span));
    }

    @Override
    public String kind() {
      return "token ids";
    }
  }

  /** A number: a token id where a token is wanted. */
  record Number(double value, Place place) implements Datum {
    /** A number in the spec. */
    public Number(double value, Span span) {
      this(value, new Place("", span));
    }

    @Override
    public String kind() {
      return "a number";
    }
  }
}
