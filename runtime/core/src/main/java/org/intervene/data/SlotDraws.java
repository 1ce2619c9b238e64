package org.intervene.data;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intervene.ast.DataSource.Slot;
import org.intervene.ast.Word;

/**
 * Draws values for slots: clause by clause and name by name in written order, each value equally
 * likely among those that are left for it; a row that is equal to an earlier one is drawn again.
 */
final class SlotDraws {
  private final List<Clause> clauses;

  /** One {@code A, B from list}. */
  record Clause(List<String> names, List<Word> list, boolean distinct) {
    BigInteger combinations() {
      BigInteger count = BigInteger.ONE;
      for (int i = 0; i < names.size(); i++) {
        count = count.multiply(BigInteger.valueOf(Math.max(0, list.size() - (distinct ? i : 0))));
      }
      return count;
    }
  }

  private SlotDraws(List<Clause> clauses) {
    this.clauses = clauses;
  }

  /** What a template's clauses draw from; a list that is too short is an error. */
  static SlotDraws of(List<Slot> slots, NamedValues values, Complaints complaints) {
    List<Clause> clauses = new ArrayList<>();
    for (Slot slot : slots) {
      if (slot instanceof Slot.Drawn drawn) {
        List<String> names = drawn.names().stream().map(Word::text).toList();
        values
            .texts(drawn.list(), complaints)
            .ifPresent(
                list -> {
                  clauses.add(new Clause(names, list, drawn.distinct()));
                  if (drawn.distinct() && list.size() < names.size()) {
                    complaints.error(
                        "data.combinations",
                        drawn.list().span(),
                        "%d slots that differ from each other need as many values: this list has %d"
                            .formatted(names.size(), list.size()),
                        "add values, or leave `distinct` out");
                  }
                });
      }
    }
    return new SlotDraws(clauses);
  }

  /** How many different rows there are. */
  BigInteger combinations() {
    return clauses.stream().map(Clause::combinations).reduce(BigInteger.ONE, BigInteger::multiply);
  }

  /**
   * Different rows, slot to value.
   *
   * @param count at most {@link #combinations()}
   */
  List<Map<String, Word>> rows(int count, SplitMix random) {
    Set<List<Integer>> seen = new HashSet<>();
    List<Map<String, Word>> rows = new ArrayList<>();
    while (rows.size() < count) {
      List<Integer> choice = new ArrayList<>();
      Map<String, Word> row = new LinkedHashMap<>();
      for (Clause clause : clauses) {
        draw(clause, row, choice, random);
      }
      if (seen.add(choice)) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static void draw(
      Clause clause, Map<String, Word> row, List<Integer> choice, SplitMix random) {
    List<Word> left = clause.distinct() ? new ArrayList<>(clause.list()) : clause.list();
    for (String name : clause.names()) {
      int index = random.below(left.size());
      choice.add(index);
      row.put(name, clause.distinct() ? left.remove(index) : left.get(index));
    }
  }
}
