package org.intervene.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.intervene.ast.Comments;
import org.intervene.ast.Spec;
import org.intervene.diagnostic.SourceText;
import org.intervene.generate.RandomSpecs;
import org.intervene.print.Printer;
import org.intervene.read.SpecReader;
import org.junit.jupiter.api.Test;

/** A digest changes with the meaning and with nothing else. */
class SpecDigestTest {
  private static final int SPECS = 400;

  private static final String DSL =
      """
      # what it is about
      experiment "small"
      metric l = logit(answer)   # the answer's
      model "builtin:primer"
      data d rows { text "a" answer " b" n 0.5 } { text "c" answer " d" n 2 }
      run plain on d.text
      run swept on d.text
          for layer in all,
              c in [1, 2] { scale resid_pre[layer] by c }
      golden within 1e-4
      """;

  private static final String YAML =
      """
      golden: within 1e-4
      runs:
        swept: {for: {layer: all, c: [1, 2]}, do: ["scale resid_pre[layer] by c"], "on": d.text}
        plain: {on: d.text}
      data: {d: {rows: [{n: 0.5, answer: " b", text: a}, {text: c, answer: " d", n: 2}]}}
      model: {dtype: float32, source: "builtin:primer", device: auto}
      experiment: small   # its name
      metrics: {l: logit( answer )}
      """;

  private static Spec read(String name, String text) {
    var reading = SpecReader.read(SourceText.of(name, text));
    assertEquals(List.of(), reading.diagnostics(), text);
    return reading.spec().orElseThrow();
  }

  @Test
  void canonicalTextIsTheDocumentedOne() {
    assertEquals(
        "{\"data\":{\"d\":{\"rows\":[{\"answer\":\" b\",\"n\":0.5,\"text\":\"a\"},"
            + "{\"answer\":\" d\",\"n\":2,\"text\":\"c\"}]}},\"experiment\":\"small\","
            + "\"golden\":\"within 1e-4\",\"intervene-spec\":1,\"metrics\":{\"l\":\"logit(answer)\"},"
            + "\"model\":{\"bos\":\"auto\",\"device\":\"auto\",\"dtype\":\"float32\","
            + "\"source\":\"builtin:primer\"},\"runs\":{\"plain\":{\"on\":\"d.text\"},"
            + "\"swept\":{\"do\":[\"scale resid_pre[layer] by c\"],"
            + "\"for\":[[\"layer\",\"all\"],[\"c\",[\"1\",\"2\"]]],\"on\":\"d.text\"}}}",
        SpecDigest.canonical(read("small.ivn", DSL)));
  }

  @Test
  void notationCommentsAndOrderOfKeysDoNotMatter() {
    assertEquals(SpecDigest.of(read("a.ivn", DSL)), SpecDigest.of(read("b.yaml", YAML)));
  }

  @Test
  void orderOfSweepsAndStatementsMatters() {
    Spec spec = read("a.ivn", DSL);
    String swapped =
        DSL.replace("layer in all,", "c in [1, 2],").replace("c in [1, 2] {", "layer in all {");
    assertNotEquals(SpecDigest.of(spec), SpecDigest.of(read("a.ivn", swapped)));
    String two = DSL.replace("by c }", "by c zero resid_pre[0] }");
    String turned =
        DSL.replace(
            "{ scale resid_pre[layer] by c }", "{ zero resid_pre[0] scale resid_pre[layer] by c }");
    assertNotEquals(SpecDigest.of(read("a.ivn", two)), SpecDigest.of(read("a.ivn", turned)));
  }

  @Test
  void wordsThatDecideNoNumberDoNotChangeTheWork() {
    Spec spec = read("a.ivn", DSL);
    Spec other =
        read(
            "a.ivn",
            DSL.replace("\"small\"", "\"other\" about \"a text\"")
                + "expect mean(plain.l) > 0 plot line swept.l x layer series c\n");
    assertNotEquals(SpecDigest.of(spec), SpecDigest.of(other));
    assertEquals(SpecDigest.ofWork(spec), SpecDigest.ofWork(other));
    Spec deeper = read("a.ivn", DSL.replace("[1, 2]", "[1, 3]"));
    assertNotEquals(SpecDigest.ofWork(spec), SpecDigest.ofWork(deeper));
  }

  @Test
  void wordsOfADatasetAreItsClauseAndTheValuesItMayName() {
    String template =
        "data t template \"{A} is\" rows 2 seed 1 { A from names } tokens names = [\"x\", \"y\"]\n";
    String digest = SpecDigest.ofDataClause(read("a.ivn", DSL + template), "t");
    String elsewhere = DSL.replace("logit(answer)", "rank(answer)") + template;
    assertEquals(digest, SpecDigest.ofDataClause(read("a.ivn", elsewhere), "t"));
    String seed = DSL + template.replace("seed 1", "seed 2");
    assertNotEquals(digest, SpecDigest.ofDataClause(read("a.ivn", seed), "t"));
    String names = DSL + template.replace("\"y\"", "\"z\"");
    assertNotEquals(digest, SpecDigest.ofDataClause(read("a.ivn", names), "t"));
  }

  @Test
  void randomSpecsHaveOneDigestInBothNotations() {
    for (Spec spec : RandomSpecs.many(SPECS)) {
      String digest = SpecDigest.of(spec);
      Spec fromDsl = read("a.ivn", Printer.dsl(spec, Comments.none()));
      Spec fromYaml = read("b.yaml", Printer.yaml(spec, Comments.none()));
      assertEquals(digest, SpecDigest.of(fromDsl));
      assertEquals(digest, SpecDigest.of(fromYaml));
      assertEquals(digest, SpecDigest.of(shuffled(spec, new Random(1))));
    }
  }

  /** The same clauses; named ones in another order. */
  private static Spec shuffled(Spec s, Random random) {
    return new Spec(
        s.span(),
        s.experiment(),
        s.about(),
        s.authors(),
        s.cites(),
        s.model(),
        shuffled(s.values(), random),
        shuffled(s.data(), random),
        shuffled(s.runs(), random),
        shuffled(s.metrics(), random),
        s.plots(),
        s.expects(),
        s.golden());
  }

  private static <T> List<T> shuffled(List<T> list, Random random) {
    List<T> other = new ArrayList<>(list);
    Collections.shuffle(other, random);
    return other;
  }

  /** The stretch where two texts differ. */
  private static String difference(String one, String other) {
    int from = Arrays.mismatch(one.toCharArray(), other.toCharArray());
    return one.substring(Math.max(0, from - 200), Math.min(one.length(), from + 100))
        + "\n"
        + other.substring(Math.max(0, from - 200), Math.min(other.length(), from + 100));
  }

  @Test
  void everyChangeOfMeaningChangesIt() {
    Random random = new Random(2);
    Mutations mutations = new Mutations(random);
    int changed = 0;
    for (Spec spec : RandomSpecs.many(SPECS)) {
      for (int m = 0; m < 12; m++) {
        Spec other = (Spec) mutations.mutate(spec);
        if (other.equals(spec)) {
          assertEquals(SpecDigest.of(spec), SpecDigest.of(other));
        } else {
          changed++;
          assertNotEquals(
              SpecDigest.of(spec),
              SpecDigest.of(other),
              () -> difference(spec.toString(), other.toString()));
        }
      }
    }
    assertTrue(changed > SPECS, "only " + changed + " changes");
  }
}
