package org.intervene.data;

import static org.intervene.data.Reading.dsl;
import static org.intervene.data.Reading.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private static final String NAMES = "tokens names = [\"Mary\", \"John\", \"Tom\", \"Ann\"]";
  private static final String TEXT =
      "data d template \"When {A} and {B} went to the {place}, {S} gave a drink to\" ";

  private static Reading.Outcome givers(String sizes, String... more) {
    String[] lines = {
      NAMES,
      TEXT + sizes + " {",
      "A, B from names distinct",
      "place from [\"shop\", \"park\"]",
      "S = B",
      "answer = A",
      String.join("\n", more),
      "}"
    };
    return dsl(lines);
  }

  @Test
  void slotsAreFilledAndDerivedColumnsFollow() {
    Dataset data =
        givers(
                "rows 12 seed 7",
                "swapped swap A, B",
                "replaced replace S with A",
                "redrawn redraw A from names")
            .good();
    assertEquals(
        List.of("clean", "A", "B", "place", "S", "answer", "swapped", "replaced", "redrawn"),
        data.columns());
    Set<String> names = Set.of("Mary", "John", "Tom", "Ann");
    for (int i = 0; i < 12; i++) {
      String a = texts(data, "A").get(i);
      String b = texts(data, "B").get(i);
      String form =
          "When %s and %s went to the " + texts(data, "place").get(i) + ", %s gave a drink to";
      assertNotEquals(a, b);
      assertEquals(b, texts(data, "S").get(i));
      assertEquals(" " + a, texts(data, "answer").get(i));
      assertEquals(form.formatted(a, b, b), texts(data, "clean").get(i));
      assertEquals(form.formatted(b, a, b), texts(data, "swapped").get(i));
      assertEquals(form.formatted(a, b, a), texts(data, "replaced").get(i));
      String redrawn = texts(data, "redrawn").get(i);
      assertTrue(
          names.stream()
              .filter(n -> !n.equals(a) && !n.equals(b))
              .anyMatch(n -> redrawn.equals(form.formatted(n, b, b))),
          redrawn);
    }
  }

  @Test
  void rowsDifferUpToTheLast() {
    Dataset all = givers("rows 24 seed 3").good();
    assertEquals(24, new HashSet<>(texts(all, "clean")).size());
    Reading.Outcome more = givers("rows 25 seed 3");
    assertEquals(List.of("3:data.combinations"), more.ids());
    assertEquals(
        "the slots can be filled in 24 ways, which makes no 25 different rows", more.message());
  }

  @Test
  void seedDecidesTheRows() {
    List<String> first = texts(givers("rows 6 seed 1").good(), "clean");
    assertEquals(first, texts(givers("rows 6 seed 1").good(), "clean"));
    assertNotEquals(first, texts(givers("rows 6 seed 2").good(), "clean"));
    assertEquals(first, texts(givers("rows 9 seed 1").good(), "clean").subList(0, 6));
    assertEquals(
        first, texts(givers("rows 6 seed 1", "other redraw A from names").good(), "clean"));
  }

  /** The draws by the documented rule, computed by an independent program in Python. */
  @Test
  void drawsAreThoseOfTheRule() {
    Dataset data =
        dsl(
                "data d template \"{x}{y}\" rows 6 seed 42 {",
                "x from [\"a\", \"b\", \"c\"]",
                "y from [\"0\", \"1\", \"2\", \"3\", \"4\"]",
                "z redraw x from [\"a\", \"b\", \"c\", \"d\"]",
                "}")
            .good();
    assertEquals(List.of("a0", "a2", "c1", "a4", "c3", "b2"), texts(data, "clean"));
    assertEquals(List.of("c0", "c2", "d1", "c4", "b3", "a2"), texts(data, "z"));
  }

  @Test
  void slotsAreSpansByConstruction() {
    WordsAndBytes tokenizer = new WordsAndBytes("When", " Ann", " and", " An", " gave", " to");
    Reading.Outcome outcome =
        dsl(
            Optional.of(tokenizer),
            Path.of("."),
            "data d template \"When {A} and {B} gave {A2} to\" rows 1 seed 1 {",
            "A from [\"Ann\"] B from [\"An\"]",
            "A2 = A",
            "corrupt swap A, B",
            "}");
    Dataset data = outcome.good();
    assertEquals(List.of(2), outcome.reading().span(data, 0, "clean", "A"));
    assertEquals(List.of(4), outcome.reading().span(data, 0, "clean", "B"));
    assertEquals(List.of(6), outcome.reading().span(data, 0, "clean", "A2"));
    assertEquals(List.of(2), outcome.reading().span(data, 0, "corrupt", "A"));
    assertEquals(List.of(), outcome.reading().problems);
    Datum.Text corrupt = (Datum.Text) data.examples().get(0).columns().get("corrupt");
    assertEquals(
        Map.of(
            "A", List.of(new Stretch(5, 7)),
            "B", List.of(new Stretch(12, 15)),
            "A2", List.of(new Stretch(21, 24))),
        corrupt.slots());
  }

  @Test
  void slotThatStandsTwiceIsNoSingleSpan() {
    Reading.Outcome outcome =
        dsl(
            Optional.of(new WordsAndBytes()),
            Path.of("."),
            "data d template \"{A} {A}\" rows 1 seed 1 { A from [\"x\"] }");
    assertEquals(List.of(), outcome.reading().span(outcome.good(), 0, "clean", "A"));
    assertEquals(List.of("99:span.ambiguous"), outcome.ids());
  }

  @Test
  void valuesOfManyBytesKeepTheirPlaces() {
    Reading.Outcome outcome =
        dsl(
            Optional.of(new WordsAndBytes()),
            Path.of("."),
            "data d template \"{A}{B}!\" rows 1 seed 1 {",
            "A from [\"\uD83D\uDE00\"] B from [\"e\u0301\"]",
            "}");
    Dataset data = outcome.good();
    assertEquals(List.of(1, 2, 3, 4), outcome.reading().span(data, 0, "clean", "A"));
    assertEquals(List.of(5, 6, 7), outcome.reading().span(data, 0, "clean", "B"));
  }

  @Test
  void slotOutsideTheTextIsFurtherColumn() {
    Dataset data =
        dsl(
                NAMES,
                "data d template \"{{ {A} }}\" rows 4 seed 1 { A, foil from names distinct",
                "wrong = foil right = A }")
            .good();
    assertEquals(List.of("clean", "A", "foil", "wrong", "right"), data.columns());
    for (int i = 0; i < 4; i++) {
      assertEquals("{ " + texts(data, "A").get(i) + " }", texts(data, "clean").get(i));
      assertNotEquals(texts(data, "A").get(i), texts(data, "foil").get(i));
      assertEquals(texts(data, "foil").get(i), texts(data, "wrong").get(i));
      assertEquals(" " + texts(data, "A").get(i), texts(data, "right").get(i));
    }
  }

  @Test
  void parametersMaySizeAndFill() {
    Dataset data =
        dsl(
                "param n = 3",
                "param words = [\"a\", \"b\", \"c\", \"d\"]",
                "data d template \"{w}\" rows n + 1 seed -n { w from words }")
            .good();
    assertEquals(Set.of("a", "b", "c", "d"), new HashSet<>(texts(data, "clean")));
  }

  @Test
  void mistakesOfATemplate() {
    Object[][] cases = {
      {"\"{A} {B}\" rows 1 seed 1 { A from [\"x\"] }", "2:data.slot-unfilled"},
      {"\"{A}\" rows 1 seed 1 { A from [\"x\"] A from [\"y\"] }", "2:data.duplicate-column"},
      {"\"x{A}\" rows 1 seed 1 { A from [\"x\"] clean = A }", "2:data.duplicate-column"},
      {"\"{A} {B}\" rows 1 seed 1 { A = B B = A }", "2:data.slot-circle", "2:data.slot-circle"},
      {"\"{A}\" rows 1 seed 1 { A = C }", "2:data.slot-unknown"},
      {"\"{A}\" rows 1 seed 1 { A from [\"x\"] b = D }", "2:data.slot-unknown"},
      {
        "\"{A}\" rows 1 seed 1 { A from [\"x\"] b swap C, D }",
        "2:data.slot-unknown",
        "2:data.slot-unknown"
      },
      {
        "\"{A}\" rows 1 seed 1 { A, E from [\"x\", \"y\"] b replace E with A }",
        "2:data.slot-unknown"
      },
      {"\"{A}\" rows 1 seed 1 { A from names }", "2:name.unknown"},
      {"\"{A}\" rows 1 seed 1 { A from [] }", "2:data.not-texts"},
      {"\"{A}\" rows 1 seed 1 { A from [\"x\", 3] }", "2:data.not-texts"},
      {"\"{A}\" rows 1 seed 1 { A from [\"x\", \"x\"] }", "2:data.duplicate-value"},
      {"\"{A} {B}\" rows 1 seed 1 { A, B from [\"x\"] distinct }", "2:data.combinations"},
      {"\"{A}\" rows 0 seed 1 { A from [\"x\"] }", "2:data.size"},
      {"\"{A}\" rows 1.5 seed 0.5 { A from [\"x\"] }", "2:data.size", "2:data.size"},
      {"\"{A}\" rows 1/0 seed 1 { A from [\"x\"] }", "2:data.size"},
      {"\"{A}\" rows n seed \"x\" { A from [\"x\"] }", "2:name.unknown", "2:expr.not-number"},
      {"\"{A}\" rows 1 seed 1 { A from [\"x\"] b redraw A from [\"x\"] }", "2:data.redraw"},
      {"\"{A} {B}\" rows 1 seed 1 { A from [\"x\"] B = A b swap A, B }", "2:data.unchanged"},
    };
    for (Object[] mistake : cases) {
      Reading.Outcome outcome = dsl("data d template " + mistake[0]);
      assertTrue(outcome.data().isEmpty(), mistake[0].toString());
      assertEquals(
          Arrays.asList(mistake).subList(1, mistake.length), outcome.ids(), mistake[0].toString());
    }
  }

  @Test
  void someUnchangedRowsAreNoted() {
    Reading.Outcome outcome =
        dsl(
            "data d template \"{A} {B}\" rows 4 seed 1 {",
            "A, B from [\"x\", \"y\"] c swap A, B }");
    assertTrue(outcome.data().isPresent());
    assertEquals("`c` is the same text as `clean` in 2 of 4 rows", outcome.message());
  }

  @Test
  void answerWithoutSpaceIsNoted() {
    Reading.Outcome outcome =
        dsl(NAMES, "data d template \"{A} and\" rows 1 seed 1 { A from names answer = A }");
    assertTrue(outcome.data().isPresent());
    assertEquals(List.of("3:data.no-space"), outcome.ids());
  }
}
