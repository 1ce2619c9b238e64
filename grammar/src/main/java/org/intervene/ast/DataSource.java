package org.intervene.ast;

import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Span;

/** Where the rows of a dataset come from. */
public sealed interface DataSource {
  Span span();

  /**
   * Rows written in the spec: {@code rows { a "text" b [5, 6] answer " x" } { ... }}.
   *
   * <p>A column named {@code span} or {@code column.span} whose text occurs in an input names that
   * stretch of it.
   */
  record Rows(Span span, List<Row> rows) implements DataSource {
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  /**
   * Clean and corrupt twins: {@code pairs { clean "..." corrupt "..." { answer " Paris" } ... }}.
   * The columns of each row start with {@code clean} and {@code corrupt}.
   */
  record Pairs(Span span, List<Row> rows) implements DataSource {
    public Pairs {
      rows = List.copyOf(rows);
    }
  }

  /**
   * Raw token ids, one input a list, in the column {@code tokens}: {@code tokens [[1, 2], [3]]}.
   */
  record TokenLists(Span span, List<List<Integer>> inputs) implements DataSource {
    public TokenLists {
      inputs = inputs.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Sequences of random tokens, each repeated once: {@code repeat random tokens length 20 rows 8
   * seed 1}. Column {@code tokens} holds 2 x length ids drawn without replacement from the
   * vocabulary, the second half equal to the first.
   */
  record RepeatRandom(Span span, Expr length, Expr rows, Expr seed) implements DataSource {}

  /**
   * Rows of a JSONL or CSV file: {@code file "ioi.jsonl" digest "sha256:..."}. The path is relative
   * to the spec's folder.
   */
  record FileRows(Span span, Word path, Optional<Word> digest) implements DataSource {}

  /**
   * A text with slots: {@code template "When {A} and {B} went to the {place}, {S} gave a drink to"
   * { ... }}. The text becomes the column {@code clean}; every slot is a column and a named span.
   *
   * @param slots how each slot gets its value, in written order
   * @param derived further columns, in written order
   */
  record Template(
      Span span, Word text, List<Slot> slots, List<Derived> derived, Expr rows, Expr seed)
      implements DataSource {
    public Template {
      slots = List.copyOf(slots);
      derived = List.copyOf(derived);
    }
  }

  /** One row. */
  record Row(Span span, List<Column> columns) {
    public Row {
      columns = List.copyOf(columns);
    }
  }

  /** One cell of a row; the name may be dotted ({@code clean.subject}). */
  record Column(Word name, Value value) {}

  /** What a cell holds. */
  sealed interface Value {
    /** A text. */
    record Text(Word text) implements Value {}

    /** Token ids, used as they are: no BOS is added. */
    record Tokens(Span span, List<Integer> ids) implements Value {
      public Tokens {
        ids = List.copyOf(ids);
      }
    }

    /** A number: a token id where a token is wanted, else a plain number. */
    record Number(Span span, double value) implements Value {}
  }

  /** Where a slot's value comes from. */
  sealed interface Slot {
    Span span();

    /**
     * {@code A, B from names distinct}: drawn from a list; {@code distinct} means that the slots
     * differ from each other.
     *
     * @param list a {@code tokens} value's name or a list of texts
     */
    record Drawn(Span span, List<Word> names, Expr list, boolean distinct) implements Slot {
      public Drawn {
        names = List.copyOf(names);
      }
    }

    /** {@code S = B}: the same value as another slot. */
    record Same(Span span, Word name, Word other) implements Slot {}
  }

  /** A column computed from the slots. */
  sealed interface Derived {
    Span span();

    Word name();

    /**
     * {@code answer = A}: the slot's value as it stands in the template, with the space in front of
     * it where it has one.
     */
    record Slotted(Span span, Word name, Word slot) implements Derived {}

    /** {@code corrupt swap A, B}: the template's text with the two slots' values exchanged. */
    record Swap(Span span, Word name, Word first, Word second) implements Derived {}

    /**
     * {@code corrupt replace S with A}: the template's text with one slot holding another's value.
     */
    record Replace(Span span, Word name, Word slot, Word with) implements Derived {}

    /**
     * {@code corrupt redraw A from names}: the template's text with one slot drawn again, unlike
     * every other slot.
     */
    record Redraw(Span span, Word name, Word slot, Expr list) implements Derived {}
  }
}
