package org.intervene.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;

/**
 * Writes random specs for a model: runs that edit random slices of random sites and read each
 * other.
 */
final class RandomExperiments {
  private final ModelFacts facts;
  private final SplittableRandom random;
  private final List<Site> sites = new ArrayList<>();
  private final int length;

  RandomExperiments(ModelFacts facts, long seed) {
    this.facts = facts;
    this.random = new SplittableRandom(seed);
    this.length = 3 + random.nextInt(5);
    for (Site site : Site.values()) {
      if (facts.whyAbsent(site).isEmpty()) {
        sites.add(site);
      }
    }
  }

  String spec() {
    StringBuilder spec = new StringBuilder("experiment \"random\"\nmodel \"fixture\"\n");
    spec.append("data p pairs {\n");
    int pairs = 1 + random.nextInt(2);
    for (int i = 0; i < pairs; i++) {
      int[] clean = ids(length);
      int[] corrupt = clean.clone();
      corrupt[random.nextInt(length)] = random.nextInt(facts.vocabulary());
      if (random.nextInt(3) == 0) {
        corrupt = ids(length);
      }
      spec.append(
          "  clean %s corrupt %s { answer %d }\n".formatted(list(clean), list(corrupt), token()));
    }
    spec.append("}\n");
    spec.append(
        "data other rows { a %s } { a %s }\n".formatted(list(ids(length)), list(ids(length + 1))));
    spec.append("run clean on p.clean\nrun corrupt on p.corrupt\n");
    // over other inputs: what is left of a value without its own direction is rounding alone
    spec.append("vector dir = mean(resid_post[0] @ last over other.a)\n");
    List<String> sources = new ArrayList<>(List.of("clean", "corrupt"));
    int runs = 1 + random.nextInt(3);
    for (int r = 0; r < runs; r++) {
      spec.append(run("run" + r, sources));
      if (random.nextBoolean()) {
        spec.append("run plain%d on p.corrupt { %s }\n".formatted(r, edit("", sources, false)));
        sources.add("plain" + r);
      }
    }
    return spec.append(metrics()).toString();
  }

  private String run(String name, List<String> sources) {
    String[] sweeps = {
      "",
      "for layer in all, pos in all",
      "for layer in all",
      "for pos in all",
      "for c in [-1, 0, 0.5]"
    };
    String sweep = sweeps[random.nextInt(sweeps.length)];
    StringBuilder body = new StringBuilder();
    int edits = 1 + random.nextInt(3);
    for (int e = 0; e < edits; e++) {
      body.append("  ").append(edit(sweep, sources, e == 0)).append('\n');
    }
    return "run %s on p.%s %s {\n%s}\n"
        .formatted(name, random.nextBoolean() ? "corrupt" : "clean", sweep, body);
  }

  /** One edit; the first of a swept run uses every sweep variable. */
  private String edit(String sweep, List<String> sources, boolean all) {
    boolean layer = sweep.contains("layer") && (all || random.nextBoolean());
    boolean pos = sweep.contains("pos") && (all || random.nextBoolean());
    boolean number = sweep.contains("c in") && (all || random.nextBoolean());
    Site site = site(layer);
    String slice = slice(site, layer, pos);
    if (number) {
      return random.nextBoolean() ? "scale " + slice + " by c" : "clamp " + slice + " to -1..c + 1";
    }
    boolean rows = !site.hasSources();
    return switch (random.nextInt(rows ? 12 : 5)) {
      case 0 -> "zero " + slice;
      case 1 -> "patch " + slice + " from " + source(sources);
      case 2 -> "scale " + slice + " by " + (random.nextInt(5) - 2) * 0.5;
      case 3 -> "set " + slice + " to 0.25";
      case 4 -> site.hasSources() ? "knock out " + slice : "clamp " + slice + " to -0.5..0.5";
      case 5 -> "mean " + slice + " over other";
      case 6 -> "add " + slice + " from " + source(sources);
      case 7 -> "subtract " + slice + " from " + source(sources);
      case 8 -> "noise " + slice + " sigma 0.7 seed " + random.nextInt(3);
      case 9 ->
          "steer resid_post[" + random.nextInt(facts.layers()) + "] @ " + at(pos) + " by dir * 1.5";
      case 10 ->
          "ablate resid_pre[" + random.nextInt(facts.layers()) + "] @ " + at(pos) + " along dir";
      default ->
          "skip "
              + (random.nextBoolean() ? "attn" : "mlp")
              + "["
              + random.nextInt(facts.layers())
              + "]";
    };
  }

  private Site site(boolean layered) {
    Site site;
    do {
      site = sites.get(random.nextInt(sites.size()));
    } while (layered && (!site.layered() || facts.layersWith(site).size() < facts.layers()));
    return site;
  }

  private String slice(Site site, boolean layer, boolean pos) {
    StringBuilder slice = new StringBuilder(site.spelled());
    if (site.layered()) {
      slice.append(layer ? "[layer]" : "[" + layer(site) + "]");
    }
    if (site.hasHeads() && random.nextBoolean()) {
      slice.append(".head[").append(random.nextInt(facts.kvHeads())).append("]");
    }
    if (site.hasExperts() && random.nextBoolean()) {
      slice.append(".expert[").append(random.nextInt(facts.mixtures().experts())).append("]");
    }
    if (!site.hasSources() && site != Site.ROUTER && random.nextInt(4) == 0) {
      slice.append(".unit[0..1]");
    }
    if (site.hasSources()) {
      String from = facts.causal() || random.nextBoolean() ? "0" : "-1";
      return slice.append(" @ ").append(pos ? "pos" : "last").append(" <- " + from).toString();
    }
    return pos || random.nextBoolean()
        ? slice.append(" @ ").append(at(pos)).toString()
        : slice.toString();
  }

  private int layer(Site site) {
    List<Integer> layers = facts.layersWith(site);
    return layers.get(random.nextInt(layers.size()));
  }

  private String at(boolean pos) {
    if (pos) {
      return "pos";
    }
    String[] choices = {"last", "0", "all", "1..2", "[0, -1]", "-2"};
    return choices[random.nextInt(choices.length)];
  }

  private String source(List<String> sources) {
    return sources.get(random.nextInt(sources.size()));
  }

  /** Inputs are token ids without masks, so that on encoders every metric says its position. */
  private String metrics() {
    String at = facts.causal() ? "" : " @ last";
    String[] choices = {
      "logit(answer)" + at,
      "logprob(answer)" + at,
      "entropy()" + at,
      facts.causal() ? "loss()" : "attention(0, 0, 1, last)",
      "kl(clean)" + at,
      "js(corrupt)" + at,
      facts.causal() ? "norm(resid_post[0])" : "norm(resid_post[0] @ last)",
      "cos(resid_post[0] @ 1, dir)",
      "dot(resid_pre[0] @ last, dir)",
      "attention(0, 0, last, 1)",
      "lens(0, answer)" + at,
      "logit(answer) @ 1",
      "rank(answer)" + at
    };
    StringBuilder metrics = new StringBuilder();
    int count = 1 + random.nextInt(3);
    for (int m = 0; m < count; m++) {
      metrics.append("metric m%d = %s\n".formatted(m, choices[random.nextInt(choices.length)]));
    }
    return metrics.toString();
  }

  private int token() {
    return random.nextInt(facts.vocabulary());
  }

  private int[] ids(int count) {
    return random.ints(count, 0, facts.vocabulary()).toArray();
  }

  private static String list(int[] ids) {
    return java.util.Arrays.toString(ids);
  }
}
