package org.intervene.primer;

import java.util.List;
import java.util.Random;

/** Random choices. */
final class Draws {
  private Draws() {}

  static <T> T one(List<T> options, Random random) {
    return options.get(random.nextInt(options.size()));
  }
}
