package org.intervene.optimise;

import java.util.Optional;

/**
 * An edit with nothing but the final norm and the unembedding behind it needs no forward pass.
 *
 * <pre>
 *   baseline     ... ─ block 11 ─ resid_post[11] ─ norm ─ unembed
 *   steer                              └─ + c v  ─ norm ─ unembed      for all cells at once
 * </pre>
 */
final class CloseForm implements Rule {
  static final String NAME = "close-form";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Exactness exactness() {
    return Exactness.WITHIN_TOLERANCE;
  }

  @Override
  public Works apply(Works works) {
    Entry end = new Entry(works.facts().layers() - 1, Entry.Stage.AFTER);
    return works.rerouting(
        NAME,
        (work, join) ->
            join.entry().equals(end)
                ? Optional.of(
                    new Route.Close(
                        join.parent(), Wanted.finals(Wanted.of(work), works.facts().layers())))
                : Optional.empty());
  }
}
