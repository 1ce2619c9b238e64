package org.intervene.optimise;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intervene.ast.Spec;
import org.intervene.compile.SpecCompiler;
import org.intervene.diagnostic.SourceText;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.plan.Plan;
import org.intervene.read.Notation;
import org.intervene.read.SpecReader;

/** Small specs for a model that has a description and no weights: 4 layers, 2 heads, 5 tokens. */
final class Compiling {
  static final int LAYERS = 4;

  static final ModelFacts FACTS =
      new ModelFacts("test", LAYERS, 8, 2, 2, 4, 16, 50, 32, Map.of(Site.MLP_GATE, "no gate"));

  /** The same with attention that looks both ways. */
  static final ModelFacts ENCODER =
      new ModelFacts(
          "test",
          LAYERS,
          8,
          2,
          2,
          4,
          16,
          50,
          32,
          false,
          false,
          ModelFacts.Mixtures.NONE,
          Map.of(Site.MLP_GATE, "no gate"));

  private static final String HEAD =
      """
      experiment "rule"
      model "test"
      data p pairs {
        clean [1, 2, 3, 4, 5] corrupt [1, 2, 9, 4, 5] { answer 7 }
      }
      run clean on p.clean
      run corrupt on p.corrupt
      """;

  private Compiling() {}

  /** A spec whose runs {@code clean} and {@code corrupt} are given; they differ at position 2. */
  static Plan plan(String rest) {
    return plan(FACTS, rest);
  }

  static Plan plan(ModelFacts facts, String rest) {
    SourceText text = SourceText.of("rule.ivn", HEAD + rest);
    Spec spec =
        SpecReader.read(text, Notation.IVN)
            .spec()
            .orElseThrow(() -> new AssertionError("this cannot be read: " + rest));
    return new SpecCompiler(facts, Optional.empty(), Path.of("."), "rule.ivn")
        .compile(spec, Map.of())
        .plan();
  }

  /** A plan after the first rules of the pipeline. */
  static Works after(Plan plan, Rule... rules) {
    Works works = Optimiser.distinct(plan);
    for (Rule rule : rules) {
      works = rule.apply(works);
    }
    return works;
  }

  /** The work of a run's only cell, or of its n-th. */
  static Work work(Plan plan, Works works, String run, int n) {
    return works.get(works.real(works.ofCell()[cell(plan, run, n)]));
  }

  static Work work(Plan plan, Works works, String run) {
    return work(plan, works, run, 0);
  }

  static int cell(Plan plan, String run, int n) {
    return plan.runs().stream()
        .filter(r -> r.name().equals(run))
        .findFirst()
        .orElseThrow()
        .cells()[n];
  }

  /** How often a rule fired. */
  static int fired(Works works, Rule rule) {
    return works.fired().getOrDefault(rule.name(), 0);
  }

  static PhysicalPlan optimised(Plan plan) {
    return Optimiser.optimise(plan, Exactness.WITHIN_TOLERANCE, 1L << 30, 4);
  }

  /** What each rule did to a plan. */
  static List<Applied> applied(Plan plan) {
    return Optimiser.applied(plan, optimised(plan));
  }

  static PhysicalPlan strict(Plan plan) {
    return Optimiser.optimise(plan, Exactness.BITWISE, 1L << 30, 4);
  }

  static List<Integer> list(int... positions) {
    return java.util.Arrays.stream(positions).boxed().toList();
  }
}
