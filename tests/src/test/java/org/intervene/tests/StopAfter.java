package org.intervene.tests;

import org.intervene.execute.Progress;

/** Interrupts the execution after some packs. */
final class StopAfter implements Progress {
  private int left;

  StopAfter(int packs) {
    this.left = packs;
  }

  @Override
  public void planned(long cells) {}

  @Override
  public void done(long cells) {}

  @Override
  public void step(long nanos) {
    left--;
    if (left == 0) {
      Thread.currentThread().interrupt();
    }
  }
}
