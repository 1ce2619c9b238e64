package org.intervene.pyvene;

import java.util.List;
import java.util.Optional;

/** The arguments of the call that runs an intervention: pyvene does not save them. */
sealed interface Call permits OpenCall, GivenCall {
  /** Rows of the inputs. */
  int examples();

  /** How many inputs there are besides the base. */
  int sources();

  /** Whether an input of this number was given; pyvene leaves out what would read it if not. */
  boolean has(int source);

  /**
   * Where an intervention reads and where it writes, in one example.
   *
   * @param source number of the input that is read; -1 if none is
   * @return empty if something is wrong with it, which is then reported
   */
  Optional<Pair> pair(Representation of, Component component, int source, int example);

  /** The numbers in {@code subspaces} for one example; absent if the call has none. */
  Optional<int[]> subspaces(Representation of, int example);

  /** The rows of a spec's data, each as the language writes it. */
  List<String> rows(List<Integer> examples);

  /** Lines that declare what the spots name. */
  List<String> parameters();

  /**
   * Two spots whose entries belong together.
   *
   * @param from where the source is read; the same as {@code to} if nothing is
   */
  record Pair(Spot from, Spot to) {}
}
