package org.intervene.data;

import static org.intervene.data.Reading.row;
import static org.intervene.data.Reading.rows;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.intervene.ast.DataSource;
import org.intervene.diagnostic.Span;
import org.junit.jupiter.api.Test;

class InputTest {
  private final WordsAndBytes tokenizer = new WordsAndBytes("The", " tower", " is", " Paris");
  private final Reading reading = new Reading(tokenizer);

  @Test
  void textIsEncodedWithItsBos() {
    Dataset data = reading.good(rows(row("clean", "The tower is")));
    int[] expected = {
      WordsAndBytes.BOS, tokenizer.word("The"), tokenizer.word(" tower"), tokenizer.word(" is")
    };
    assertArrayEquals(expected, reading.input(data, 0, "clean").orElseThrow().tokens());
  }

  @Test
  void tokenIdsAreUsedAsTheyAre() {
    Dataset data =
        reading.good(new DataSource.TokenLists(Span.NONE, List.of(List.of(1, 2, 3), List.of(9))));
    assertEquals(List.of("tokens"), data.columns());
    assertArrayEquals(new int[] {1, 2, 3}, reading.input(data, 0, "tokens").orElseThrow().tokens());
    assertArrayEquals(new int[] {9}, reading.input(data, 1, "tokens").orElseThrow().tokens());
  }

  @Test
  void everyIdOutsideTheVocabularyIsReported() {
    assertTrue(
        reading
            .read(
                rows(
                    row("a", new int[] {1, 100_000}),
                    row("a", new int[] {3}),
                    row("a", new int[] {-1})))
            .isEmpty());
    assertEquals(List.of("1:data.token-range", "3:data.token-range"), reading.ids());
  }

  @Test
  void emptyAndOverlongInputsAreReportedAtTheirRows() {
    Dataset data =
        reading.good(
            rows(
                row("a", new int[] {}),
                row("a", new int[Reading.POSITIONS]),
                row("a", new int[Reading.POSITIONS + 1])));
    assertTrue(reading.input(data, 0, "a").isEmpty());
    assertTrue(reading.input(data, 1, "a").isPresent());
    assertTrue(reading.input(data, 2, "a").isEmpty());
    assertEquals(List.of("1:data.empty-input", "3:data.too-long"), reading.ids());
    assertEquals(
        "`a` of row 3 has 33 tokens and the model takes 32", reading.problems.get(1).message());
  }

  @Test
  void emptyTextIsTheBosAlone() {
    Dataset data = reading.good(rows(row("a", "")));
    assertArrayEquals(
        new int[] {WordsAndBytes.BOS}, reading.input(data, 0, "a").orElseThrow().tokens());
  }

  @Test
  void columnsThatAreNoInput() {
    Dataset data = reading.good(rows(row("a", 5, "text", "The")));
    assertTrue(reading.input(data, 0, "a").isEmpty());
    assertTrue(reading.input(data, 0, "b").isEmpty());
    assertEquals(List.of("1:data.not-input", "99:data.unknown-column"), reading.ids());
  }

  @Test
  void textNeedsTokenizer() {
    Reading bare = new Reading(Optional.empty(), Path.of("."), List.of());
    Dataset data = bare.good(rows(row("a", "The", "b", new int[] {3})));
    assertTrue(bare.input(data, 0, "a").isEmpty());
    assertTrue(bare.input(data, 0, "b").isPresent());
    assertEquals(List.of("1:tokenizer.missing"), bare.ids());
  }

  @Test
  void rowsHaveTheSameColumns() {
    reading.read(
        rows(
            row("clean", "a", "answer", "b"),
            row("clean", "a", "anwser", "b"),
            row("clean", "a"),
            row("clean", "a", "answer", "b", "more", 1),
            row("clean", "a", "answer", 5)));
    assertEquals(
        List.of(
            "2:data.missing-column",
            "3:data.missing-column",
            "4:data.missing-column",
            "5:data.mixed-column"),
        reading.ids());
    assertEquals(
        List.of("did you mean `answer` where it says `anwser`?"), reading.problems.get(0).help());
  }

  @Test
  void columnsStandOnce() {
    reading.read(rows(row("a", "x", "a", "y")));
    assertEquals(List.of("1:data.duplicate-column"), reading.ids());
  }

  @Test
  void thereIsARow() {
    reading.read(rows());
    assertEquals(List.of("1:data.no-rows"), reading.ids());
  }

  @Test
  void textsAreWholeCharacters() {
    reading.read(rows(row("a", "x\0"), row("a", "\uD83D"), row("a", "\uD83D\uDE00")));
    assertEquals(List.of("1:data.text", "2:data.text"), reading.ids());
  }

  @Test
  void manyErrorsAreCounted() {
    Object[][] rows = new Object[50][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row("a", "\0");
    }
    reading.read(rows(rows));
    assertEquals(21, reading.problems.size());
    assertEquals("this data has 30 more errors", reading.problems.get(20).message());
  }
}
