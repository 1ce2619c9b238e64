package org.intervene.tests.specs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.intervene.junit.ReplaySpecs;
import org.intervene.replay.Replayed;

/** Every published spec still gives its golden result on what is locked. */
class ReplayTest {
  @ReplaySpecs(
      value = {"../specs", "../examples"},
      threads = 1)
  void replay(Replayed replayed) {
    assertTrue(replayed.comparison().isPresent(), "it has no golden clause");
  }
}
