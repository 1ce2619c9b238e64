package org.intervene.execute;

import java.util.Arrays;

/** Whole numbers that are gathered one by one. */
final class IntList {
  private int[] numbers = new int[64];
  private int count;

  void add(int number) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    numbers[count++] = number;
  }

  void addAll(int[] more) {
    for (int number : more) {
      add(number);
    }
  }

  int size() {
    return count;
  }

  int[] toArray() {
    return Arrays.copyOf(numbers, count);
  }
}
