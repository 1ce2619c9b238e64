package org.intervene.engine.script;

import com.sun.jna.Function;

/**
 * The allocator that libtorch gets its memory from. glibc's keeps pieces of up to 32 MiB that were
 * freed, and the holes between those that were not: after hundreds of packs a process held one and
 * a half times what was ever in use.
 */
public final class Allocator {
  /** Pieces from this size on are given back as soon as they are freed. */
  private static final int LARGE = 1 << 20;

  /** {@code M_MMAP_THRESHOLD} and {@code M_TRIM_THRESHOLD} of glibc's malloc.h. */
  private static final int[] THRESHOLDS = {-3, -1};

  private Allocator() {}

  /**
   * Lets the system have freed memory back at once, for the rest of the process: a process then
   * holds what is in use, and getting memory takes more time. Other allocators than glibc's are
   * left as they are.
   */
  public static void giveBackAtOnce() {
    try {
      Function mallopt = Function.getFunction("c", "mallopt");
      for (int threshold : THRESHOLDS) {
        mallopt.invokeInt(new Object[] {threshold, LARGE});
      }
    } catch (UnsatisfiedLinkError e) {
      return; // not glibc
    }
  }
}
