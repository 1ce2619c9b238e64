package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.intervene.model.Dtype;
import org.junit.jupiter.api.Test;

class ShrinkingTest {
  private static final String SPEC =
      """
      experiment "random"
      model "fixture"
      data p pairs {
        clean [1, 2, 3] corrupt [4, 2, 3] { answer 5 }
        clean [3, 2, 1] corrupt [3, 3, 1] { answer 6 }
      }
      run clean on p.clean
      run corrupt on p.corrupt
      vector dir = mean(resid_post[0] @ last over p.clean)
      run run0 on p.corrupt for layer in all {
        zero mlp_out[layer] @ 1
        patch z[layer].head[0] @ last from clean
        steer resid_post[0] @ 0 by dir * 2
      }
      run run1 on p.clean { zero mlp_out[0] }
      metric m0 = logit(answer)
      metric m1 = entropy()
      """;

  @Test
  void leavesWhatTheFailureNeeds() {
    try (Bench bench = new Bench("gpt2-plain", Dtype.FLOAT64)) {
      Law law = Law.in(Dtype.FLOAT64, bench);
      assertEquals(
          """
          experiment "random"
          model "fixture"
          data p pairs {
            clean [1, 2, 3] corrupt [4, 2, 3] { answer 5 }
          }
          run clean on p.clean
          run run0 on p.corrupt for layer in [0] {
            patch z[layer] from clean
          }
          metric m0 = logit(answer)
          """,
          Shrinking.smallest(
              SPEC,
              spec -> spec.contains("patch z[layer]") && spec.contains("m0") && law.applies(spec)));
    }
  }
}
