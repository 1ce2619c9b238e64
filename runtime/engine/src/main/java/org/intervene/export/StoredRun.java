package org.intervene.export;

import java.util.List;
import java.util.Optional;

/** A run of a stored result with its sweep. */
record StoredRun(String name, int examples, List<StoredAxis> axes) {
  StoredRun {
    axes = List.copyOf(axes);
  }

  Optional<StoredAxis> axis(String name) {
    return axes.stream().filter(axis -> axis.name().equals(name)).findFirst();
  }
}
