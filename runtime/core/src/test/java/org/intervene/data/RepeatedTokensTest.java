package org.intervene.data;

import static org.intervene.data.Reading.dsl;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatedTokensTest {
  private static int[] ids(Dataset data, int row) {
    return ((Datum.Tokens) data.examples().get(row).columns().get("tokens")).ids();
  }

  /** The generator's first numbers, as its reference implementation in C gives them. */
  @Test
  void generatorIsSplitMix64() {
    SplitMix random = new SplitMix(0);
    assertEquals(0xE220A8397B1DCDAFL, random.next());
    assertEquals(0x6E789E6AA1B965F4L, random.next());
    assertEquals(0x06C45D188009454FL, random.next());
  }

  @Test
  void boundedNumbersAreEquallyLikely() {
    SplitMix random = new SplitMix(11);
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[random.below(7)]++;
    }
    // five standard deviations of a binomial count: 5 * sqrt(70000 * 6/49)
    assertTrue(Arrays.stream(counts).allMatch(n -> Math.abs(n - 10_000) < 463));
  }

  /** The draws by the documented rule, computed by an independent program in Python. */
  @Test
  void drawsAreThoseOfTheRule() {
    Dataset data = dsl("data d repeat random tokens length 4 rows 2 seed 5").good();
    assertEquals(List.of("tokens"), data.columns());
    assertArrayEquals(new int[] {9, 36, 83, 47, 9, 36, 83, 47}, ids(data, 0));
    assertArrayEquals(new int[] {30, 84, 72, 26, 30, 84, 72, 26}, ids(data, 1));
  }

  @Test
  void everyRowIsSequenceOfDifferentOrdinaryTokensTwice() {
    WordsAndBytes tokenizer = new WordsAndBytes(" a", " b");
    Dataset data =
        dsl(
                Optional.of(tokenizer),
                Path.of("."),
                "param n = 16",
                "data d repeat random tokens length n rows 200 seed 1")
            .good();
    assertEquals(200, data.examples().size());
    for (int row = 0; row < 200; row++) {
      int[] ids = ids(data, row);
      assertEquals(32, ids.length);
      assertEquals(16, Arrays.stream(ids).distinct().count());
      assertTrue(IntStream.range(0, 16).allMatch(i -> ids[i] == ids[16 + i]));
      assertTrue(Arrays.stream(ids).allMatch(id -> id < tokenizer.size()));
      assertTrue(Arrays.stream(ids).noneMatch(tokenizer::isSpecial));
    }
  }

  @Test
  void sizesThatCannotBe() {
    assertEquals(
        List.of("2:data.too-long"),
        dsl("data d repeat random tokens length 17 rows 1 seed 1").ids());
    assertEquals(
        List.of("2:data.size", "2:data.size", "2:data.size"),
        dsl("data d repeat random tokens length 0 rows -1 seed 1.5").ids());
    assertEquals(
        List.of("2:data.size"),
        dsl("data d repeat random tokens length 2 rows 2000000 seed 1").ids());
    assertEquals(
        List.of("2:name.unknown"),
        dsl("param length_ = 2", "data d repeat random tokens length 4 rows m seed 1")
            .ids()
            .stream()
            .map(id -> id.replace("3:", "2:"))
            .toList());
  }
}
