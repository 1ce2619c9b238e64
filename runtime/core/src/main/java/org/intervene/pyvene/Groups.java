package org.intervene.pyvene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which interventions share a source: those with one {@code group_key}, else each has its own.
 *
 * @param keys of each intervention
 * @param count how many different ones there are
 */
record Groups(List<Integer> keys, int count) {

  /** Reads the keys; reports what pyvene itself would refuse. */
  static Optional<Groups> of(SavedConfig config, Problems problems) {
    List<Integer> keys = new ArrayList<>();
    boolean grouped =
        config.representations().stream().anyMatch(r -> !r.field("group_key").absent());
    for (Representation r : config.representations()) {
      OptionalInt key = grouped ? r.field("group_key").whole() : OptionalInt.of(keys.size());
      if (key.isEmpty() || key.getAsInt() < 0) {
        problems.noEquivalent(
            r.field("group_key"), "this is no natural number", "give all groups a key or none");
        return Optional.empty();
      }
      keys.add(key.getAsInt());
    }
    int count = (int) keys.stream().distinct().count();
    for (Representation r : config.representations()) {
      if (keys.get(r.index()) >= count) {
        problems.noEquivalent(
            r.field("group_key"),
            "pyvene takes keys as indices of the sources",
            "count them from 0");
        return Optional.empty();
      }
    }
    if (config.serial() && count < keys.size()) {
      problems.noEquivalent(
          config.file().get("mode"),
          "in serial mode pyvene runs a group of several only in part",
          "give each its own");
      return Optional.empty();
    }
    return Optional.of(new Groups(keys, count));
  }
}
