package org.intervene.digest;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.intervene.ast.Expr;
import org.intervene.ast.Expr.Operator;

/**
 * Changes one thing somewhere in a tree of records: a text, a number, a choice, an item of a list.
 */
final class Mutations {
  private final Random random;

  Mutations(Random random) {
    this.random = random;
  }

  /** The tree with one change, or the same tree if there was nothing to change where it looked. */
  Object mutate(Object node) {
    if (node instanceof Record parent) {
      return record(parent);
    } else if (node instanceof List<?> list) {
      return list(list);
    } else if (node instanceof Optional<?> optional) {
      return optional.map(this::mutate);
    } else if (node instanceof String text) {
      return text + "q";
    } else if (node instanceof Double number) {
      return number + 1;
    } else if (node instanceof Integer number) {
      return number + 1;
    } else if (node instanceof Boolean choice) {
      return !choice;
    } else if (node instanceof Enum<?> choice) {
      Object[] all = choice.getDeclaringClass().getEnumConstants();
      return all[(choice.ordinal() + 1) % all.length];
    }
    return node;
  }

  private Object record(Record parent) {
    RecordComponent[] components = parent.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    int chosen = random.nextInt(components.length);
    try {
      for (int c = 0; c < components.length; c++) {
        components[c].getAccessor().setAccessible(true);
        types[c] = components[c].getType();
        values[c] = components[c].getAccessor().invoke(parent);
      }
      values[chosen] =
          values[chosen] instanceof Operator operator
              ? other(operator, parent instanceof Expr.Unary)
              : mutate(values[chosen]);
      return parent.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(parent.toString(), e);
    }
  }

  /** An operator with as many operands. */
  private static Operator other(Operator operator, boolean unary) {
    if (unary) {
      return operator == Operator.NOT ? Operator.SUBTRACT : Operator.NOT;
    }
    return operator == Operator.ADD ? Operator.LESS : Operator.ADD;
  }

  private List<?> list(List<?> list) {
    if (list.isEmpty()) {
      return list;
    }
    List<Object> changed = new ArrayList<>(list);
    int chosen = random.nextInt(list.size());
    if (list.size() > 1 && random.nextInt(4) == 0) {
      changed.remove(chosen);
    } else {
      changed.set(chosen, mutate(list.get(chosen)));
    }
    return changed;
  }
}
