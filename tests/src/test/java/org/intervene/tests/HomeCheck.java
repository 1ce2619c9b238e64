package org.intervene.tests;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intervene.engine.script.CallListener;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.ScriptModule;

/**
 * Fails where tensors of different homes meet, as libtorch would if the homes were GPUs: in a
 * call's arguments, or between them and the manager that is told to own the result. It remembers
 * where each result was made, so that a tensor which changes its home by changing its manager is
 * found too.
 */
final class HomeCheck implements CallListener, AutoCloseable {
  /** Calls that say themselves where their result is. */
  private static final Set<String> PLACED = Set.of("moved", "zeros", "empty");

  private final Map<NDArray, Home> made = new IdentityHashMap<>();
  private int moves;

  HomeCheck() {
    ScriptModule.listen(this);
  }

  /** How often something was brought from one home to another. */
  int moves() {
    return moves;
  }

  @Override
  public synchronized void called(String method, Object[] arguments, long nanoseconds) {
    Set<Home> homes = homes(method, arguments);
    if (homes.size() > 1) {
      throw new AssertionError("`" + method + "` got tensors of " + homes);
    }
  }

  @Override
  public synchronized void gave(
      NDManager owner, String method, Object[] arguments, NDArray... results) {
    Home home = Home.of(owner);
    if (method.equals("moved")) {
      moves++;
    } else if (!PLACED.contains(method)) {
      Set<Home> homes = homes(method, arguments);
      Home where = homes.isEmpty() ? Home.CPU : homes.iterator().next();
      if (!where.equals(home)) {
        throw new AssertionError("`" + method + "` gave a tensor of " + where + " to " + home);
      }
    }
    for (NDArray result : results) {
      made.put(result, home);
    }
  }

  private Set<Home> homes(String method, Object... arguments) {
    Set<Home> homes = new HashSet<>();
    for (NDArray x : tensors(arguments)) {
      Home now = Home.of(x);
      if (!made.getOrDefault(x, now).equals(now)) {
        throw new AssertionError(
            "`" + method + "`: made on " + made.get(x) + ", said to be on " + now);
      }
      homes.add(now);
    }
    return homes;
  }

  private static List<NDArray> tensors(Object... arguments) {
    List<NDArray> found = new ArrayList<>();
    for (Object argument : arguments) {
      if (argument instanceof NDArray x) {
        found.add(x);
      } else if (argument instanceof NDArray[] several) {
        found.addAll(List.of(several));
      } else if (argument instanceof List<?> list) {
        list.forEach(x -> found.add((NDArray) x));
      }
    }
    return found;
  }

  @Override
  public void close() {
    ScriptModule.listenNoMore();
  }
}
