package org.intervene.model.part;

import java.util.Optional;

/** What follows attention in a block. */
public sealed interface FeedForward {

  /** Width of the hidden layer. */
  int width();

  /**
   * out(act(in x)), or out(act(in x) * gate x) where there is a gate.
   *
   * @param in [d_mlp, d_model]; its output is {@code mlp_pre}
   * @param gate [d_mlp, d_model]; its output is {@code mlp_gate}
   * @param out [d_model, d_mlp]
   */
  record Mlp(Linear in, Optional<Linear> gate, Linear out, Activation activation)
      implements FeedForward {
    @Override
    public int width() {
      return in.out();
    }
  }
}
