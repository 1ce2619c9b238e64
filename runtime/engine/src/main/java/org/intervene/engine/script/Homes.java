package org.intervene.engine.script;

import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;

/** Managers below one, for each home one, which end with it. */
public final class Homes {
  private final NDManager base;
  private final Map<Home, NDManager> managers = new HashMap<>();

  public Homes(NDManager base) {
    this.base = base;
  }

  /** The manager of a home. */
  public NDManager at(Home home) {
    return managers.computeIfAbsent(home, h -> h.under(base));
  }
}
