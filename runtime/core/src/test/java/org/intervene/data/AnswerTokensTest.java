package org.intervene.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Span;
import org.junit.jupiter.api.Test;

class AnswerTokensTest {
  private final WordsAndBytes tokenizer = new WordsAndBytes(" Paris", "Rome", " Col", "osseum");
  private final Reading reading = new Reading(tokenizer);

  private static Datum text(String text) {
    return new Datum.Text(text, Span.NONE);
  }

  @Test
  void oneTokenIsFound() {
    assertEquals(tokenizer.word(" Paris"), reading.token(text(" Paris")).orElseThrow());
    assertEquals(7, reading.token(new Datum.Tokens(new int[] {7}, Span.NONE)).orElseThrow());
    assertEquals(7, reading.token(new Datum.Number(7, Span.NONE)).orElseThrow());
    assertTrue(reading.problems.isEmpty());
  }

  @Test
  void leadingSpaceIsSuggested() {
    assertTrue(reading.token(text("Paris")).isEmpty());
    assertTrue(reading.token(text(" Rome")).isEmpty());
    assertEquals(
        "\"Paris\" is 5 tokens: \"P\" \"a\" \"r\" \"i\" \"s\"", reading.problems.get(0).message());
    assertEquals(
        List.of("did you mean \" Paris\" (with a leading space), which is one token?"),
        reading.problems.get(0).help());
    assertEquals(
        List.of("did you mean \"Rome\" (without a leading space), which is one token?"),
        reading.problems.get(1).help());
  }

  @Test
  void whatIsNoSingleToken() {
    reading.token(text(""));
    reading.token(text("é"));
    reading.token(new Datum.Tokens(new int[] {7, 8}, Span.NONE));
    reading.token(new Datum.Tokens(new int[] {}, Span.NONE));
    assertEquals(
        List.of(
            "\"\" is no token at all",
            "\"é\" is 2 tokens: \"<0xC3>\" \"<0xA9>\"",
            "these are 2 token ids where one token is wanted",
            "these are 0 token ids where one token is wanted"),
        reading.problems.stream().map(p -> p.message()).toList());
    assertTrue(reading.problems.stream().allMatch(p -> p.id().equals("token.not-single")));
  }

  @Test
  void numbersAreIds() {
    for (double id : new double[] {-1, 2.5, 1e9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertTrue(reading.token(new Datum.Number(id, Span.NONE)).isEmpty());
    }
    assertEquals(5, reading.problems.size());
    assertEquals("1000000000 is not a token of this model", reading.problems.get(2).message());
    assertEquals("NaN is not a token of this model", reading.problems.get(3).message());
    assertTrue(reading.problems.stream().allMatch(p -> p.id().equals("token.range")));
  }

  @Test
  void textNeedsTokenizer() {
    Reading bare = new Reading(Optional.empty(), Path.of("."), List.of());
    assertTrue(bare.token(text(" Paris")).isEmpty());
    assertEquals(3, bare.token(new Datum.Number(3, Span.NONE)).orElseThrow());
    assertEquals("tokenizer.missing", bare.problems.get(0).id());
  }
}
