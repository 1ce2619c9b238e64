package org.intervene.data;

import static org.intervene.data.Reading.row;
import static org.intervene.data.Reading.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamedSpansTest {
  private final Reading reading =
      new Reading(new WordsAndBytes("The", " Eiffel", " Tower", " is", " in", "Rome", " Paris"));

  @Test
  void columnsNameStretches() {
    Dataset data =
        reading.good(
            rows(
                row(
                    "clean",
                    "The Eiffel Tower is in",
                    "clean.subject",
                    "Eiffel Tower",
                    "verb",
                    "is")));
    assertEquals(List.of(2, 3), reading.span(data, 0, "clean", "subject"));
    assertEquals(List.of(4), reading.span(data, 0, "clean", "verb"));
    assertEquals(List.of(), reading.ids());
  }

  @Test
  void columnOfTheInputComesFirst() {
    Dataset data =
        reading.good(
            rows(
                row(
                    "a",
                    "The Tower",
                    "b",
                    "The Tower",
                    "s",
                    "The",
                    "b.s",
                    " Tower",
                    "a.t",
                    "The")));
    assertEquals(List.of(1), reading.span(data, 0, "a", "s"));
    assertEquals(List.of(2), reading.span(data, 0, "b", "s"));
    assertEquals(List.of(), reading.span(data, 0, "b", "t"));
    assertEquals(List.of("99:span.unknown"), reading.ids());
  }

  @Test
  void charactersOfSeveralTokensBelongWhole() {
    Dataset data =
        reading.good(rows(row("a", "x \uD83D\uDE00e\u0301 is", "face", "\uD83D\uDE00", "e", "e")));
    // BOS x space(4 bytes of the face) e (2 bytes of the accent) is
    assertEquals(List.of(3, 4, 5, 6), reading.span(data, 0, "a", "face"));
    assertEquals(List.of(7), reading.span(data, 0, "a", "e"));
  }

  @Test
  void textsThatDoNotStandThereOnce() {
    Dataset data =
        reading.good(
            rows(
                row("a", "The Tower is in The Tower", "s", "Tower"),
                row("a", "The Tower is", "s", "tower"),
                row("a", "The Tower is", "s", ""),
                row("a", "aaa", "s", "aa")));
    for (int i = 0; i < 4; i++) {
      assertEquals(List.of(), reading.span(data, i, "a", "s"));
    }
    assertEquals(
        List.of("1:span.ambiguous", "2:span.not-found", "3:span.not-found", "4:span.ambiguous"),
        reading.ids());
    assertEquals("\"Tower\" stands 2 times in `a` of row 1", reading.problems.get(0).message());
  }

  @Test
  void tokensAreNotSplit() {
    Dataset data =
        reading.good(
            rows(
                row(
                    "a",
                    "The Tower is",
                    "head",
                    "Tow",
                    "tail",
                    "wer",
                    "space",
                    " ",
                    "two",
                    " Tower i")));
    for (String name : List.of("head", "tail", "two")) {
      assertEquals(List.of(), reading.span(data, 0, "a", name));
    }
    assertEquals(
        List.of("99:span.splits-token", "99:span.splits-token", "99:span.splits-token"),
        reading.ids());
    assertEquals(
        "`head` of row 1 is \"Tow\", and the token \" Tower\" covers more than that",
        reading.problems.get(0).message());
  }

  @Test
  void namesThatAreNoSpans() {
    Dataset data =
        reading.good(
            rows(row("a", "The Tower", "a.subject", "Tower", "n", 4, "raw", new int[] {1, 2})));
    reading.span(data, 0, "a", "subjct");
    reading.span(data, 0, "a", "n");
    reading.span(data, 0, "raw", "subject");
    assertEquals(List.of("99:span.unknown", "1:span.no-text", "99:span.no-text"), reading.ids());
    assertEquals(List.of("did you mean `subject`?"), reading.problems.get(0).help());
  }
}
