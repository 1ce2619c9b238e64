package org.intervene.model.part;

import java.util.List;
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

  /**
   * A mixture: each row goes through the experts that the router scores highest, and their outputs
   * are added with the softmax over all experts as weights.
   *
   * @param router [expert, d_model]
   * @param chosen how many experts a row goes through
   * @param renormalised whether the weights of the chosen ones are made to sum to one
   */
  record Experts(Linear router, int chosen, boolean renormalised, List<Mlp> experts)
      implements FeedForward {
    public Experts {
      experts = List.copyOf(experts);
    }

    @Override
    public int width() {
      return experts.get(0).width();
    }
  }
}
