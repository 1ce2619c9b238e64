package org.intervene.optimise;

import static org.intervene.optimise.Compiling.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.intervene.plan.Plan;
import org.junit.jupiter.api.Test;

/**
 * What plans hold in Java's memory, against products of lengths: 5 tokens, d_model 8, d_mlp 16, 2
 * heads, vocabulary 50, 8 bytes each.
 */
class ResidenceInJavaTest {
  private static final int FLOAT = 4;

  private static long optimised(String spec) {
    Plan plan = plan(spec);
    return Residence.of(plan, Compiling.optimised(plan), FLOAT, false).heap();
  }

  private static Residence naive(String spec) {
    return Residence.naive(plan(spec), FLOAT);
  }

  @Test
  void aMeanIsItsRunningSums() {
    String spec = "run m on p.clean { mean mlp_post[1] over p.clean%s } metric l = logit(7)";
    assertEquals(16 * 8, optimised(spec.formatted("")));
    assertEquals(5 * 16 * 8, optimised(spec.formatted(" by pos")));
    assertEquals(5 * 16 * 8, optimised(spec.formatted(" by token")), "five different tokens");
    String pattern = "run m on p.corrupt { mean pattern[1] over p.clean } metric l = logit(7)";
    assertEquals(2 * 5 * 5 * 8, optimised(pattern));
  }

  @Test
  void aPrincipalComponentNeedsItsRowsAtOnce() {
    String spec =
        """
        vector v = principal(1, resid_post[2] over p.clean)
        run s on p.corrupt { steer resid_post[2] @ last by v * 2 }
        metric l = logit(7)
        """;
    assertEquals((5 * 8 + 8) * 8, optimised(spec));
    assertEquals((5 * 8 + 8 + 5 * 8) * 8, naive(spec).heap(), "and the naive plan keeps the site");
  }

  @Test
  void whatIsReadWaitsForTheVectorThatItIsComparedWith() {
    String spec =
        """
        vector v = mean(resid_post[2] over p.clean)
        run s on p.corrupt { scale resid_pre[1] @ 2 by 2 }
        metric d = dot(resid_post[1], v)
        """;
    Plan plan = plan(spec);
    PhysicalPlan alone = Optimiser.optimise(plan, Exactness.WITHIN_TOLERANCE, 1, FLOAT);
    long waiting = Residence.of(plan, alone, FLOAT, false).heap() - 8 * 8;
    assertEquals(0, waiting % (8 * 8), "whole rows of the residual stream");
    assertEquals(true, waiting > 0);
  }

  @Test
  void theNaivePlanKeepsWhatIsReadUntilTheEnd() {
    Residence patched =
        naive("run s on p.corrupt { patch resid_pre[1] @ 2 from clean } metric l = logit(7)");
    assertEquals(5 * 8 * 8, patched.heap());
    assertEquals(0, patched.kept());
    Residence compared = naive("metric k = kl(clean)");
    assertEquals(2 * 5 * 50 * 8, compared.heap(), "the logits of both runs");
  }

  @Test
  void theNaivePlanKeepsWhatIsCollected() {
    Residence collected =
        naive("run s on p.corrupt { collect resid_pre[all] as r } metric l = logit(7)");
    assertEquals(4 * 5 * 8 * (8 + FLOAT), collected.heap(), "in 64 bits, and as it is saved");
  }
}
