package org.intervene.model.family;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** What the tensors of a checkpoint are called. Checkpoints of one family differ in it. */
public final class Names {
  private final String prefix;
  private final Predicate<String> exists;

  /**
   * Names with a prefix.
   *
   * @param exists whether the checkpoint has a tensor of that full name
   */
  public Names(String prefix, Predicate<String> exists) {
    this.prefix = prefix;
    this.exists = exists;
  }

  /** The full name of a tensor or module of the model itself. */
  public String of(String name) {
    return prefix + name;
  }

  /**
   * The one of several full names that the checkpoint has.
   *
   * @return the first if it has none
   */
  public String any(String... fullNames) {
    List<String> all = Arrays.asList(fullNames);
    return all.stream().filter(exists).findFirst().orElse(all.get(0));
  }
}
