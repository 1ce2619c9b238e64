package org.intervene.golden;

import static org.intervene.golden.Tables.all;
import static org.intervene.golden.Tables.gap;
import static org.intervene.golden.Tables.golden;
import static org.intervene.golden.Tables.of;
import static org.intervene.golden.Tables.relative;
import static org.intervene.golden.Tables.scalar;
import static org.intervene.golden.Tables.swept;
import static org.intervene.golden.Tables.within;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as moved, by how much, and in which order it is said. */
class ComparisonTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static Comparison compare(Golden golden, Golden seen, Tolerances tolerances) {
    return Comparison.of(golden, seen, tolerances);
  }

  private static List<String> places(Comparison comparison) {
    return comparison.moved().stream().map(Moved::place).toList();
  }

  @Test
  void whatStaysWithinTheToleranceHolds() {
    Comparison found =
        compare(golden(swept("ld", 1, 2)), golden(swept("ld", 1, 2.25)), within(all(0.5)));
    assertTrue(found.holds());
    assertEquals(2, found.values());
    assertEquals(0.5, found.largest());
    assertEquals(Optional.empty(), found.first());
  }

  @Test
  void whatMovedIsSaidInUnitsOfTheToleranceWorstFirst() {
    Comparison found =
        compare(
            golden(swept("ld", 1, 2, 3), scalar("clean", "p", 0.5)),
            golden(swept("ld", 2, 2, 7), scalar("clean", "p", 0.75)),
            within(all(0.5), of("p", 0.015625)));
    assertEquals(List.of("clean.p", "swept.ld at layer=2", "swept.ld at layer=0"), places(found));
    assertEquals(List.of(16.0, 8.0, 2.0), found.moved().stream().map(Moved::units).toList());
    assertEquals(
        "swept.ld at layer=2: 3 -> 7 (moved by 4.00, 8.0 x the tolerance)",
        found.moved().get(1).text());
    assertEquals(Optional.of("swept.ld"), found.first());
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, NaN, true", "Infinity, Infinity, true", "-Infinity, -Infinity, true", "0.0, -0.0, true",
    "NaN, 1, false", "1, NaN, false", "Infinity, -Infinity, false", "Infinity, 1e308, false",
    "1e308, Infinity, false", "NaN, Infinity, false"
  })
  void whatIsNotFiniteHasToBeTheSame(double was, double is, boolean holds) {
    Comparison found =
        compare(golden(scalar("r", "m", was)), golden(scalar("r", "m", is)), within(all(1e300)));
    assertEquals(holds, found.holds());
  }

  @Test
  void aRelativeToleranceIsAShareOfTheGoldenValue() {
    Golden was = golden(swept("ld", 100, 1, 0));
    Golden is = golden(swept("ld", 100.5, 1.5, 1e-12));
    assertEquals(
        List.of("swept.ld at layer=2", "swept.ld at layer=1"),
        places(compare(was, is, within(relative(0.01)))));
    assertEquals(
        List.of("swept.ld at layer=1"),
        places(compare(was, is, within(relative(0.01), all(1e-6)))));
    assertTrue(compare(was, is, within(all(1e-9), of("ld", 1))).holds());
  }

  @Test
  void noToleranceAtAllMeansTheSameBits() {
    Golden was = golden(scalar("r", "m", 1));
    assertTrue(compare(was, was, within(all(0))).holds());
    Comparison found = compare(was, golden(scalar("r", "m", Math.nextUp(1.0))), within(all(0)));
    assertEquals(INFINITY, found.moved().get(0).units());
    assertTrue(found.moved().get(0).text().endsWith("no move is allowed)"));
  }

  @Test
  void cellsThatComeOrGoAreMoves() {
    Comparison gone = compare(golden(swept("ld", 1, 2)), golden(gap("ld", 1, 2)), within(all(9)));
    assertEquals("swept.ld at layer=1: 2 -> nothing (cannot be compared)", line(gone));
    Comparison came = compare(golden(gap("ld", 1, 2)), golden(swept("ld", 1, NAN)), within(all(9)));
    assertEquals("swept.ld at layer=1: nothing -> NaN (cannot be compared)", line(came));
    assertTrue(compare(golden(gap("ld", 1, 2)), golden(gap("ld", 1, 7)), within(all(1))).holds());
  }

  private static String line(Comparison comparison) {
    assertEquals(1, comparison.moved().size());
    return comparison.moved().get(0).text();
  }

  @Test
  void tablesThatComeGoOrChangeTheirShapeAreMoves() {
    Golden one = golden(swept("ld", 1, 2));
    Golden both = golden(swept("ld", 1, 2), scalar("r", "m", 1));
    assertEquals(
        "r.m: nothing -> a table (cannot be compared)", line(compare(one, both, within())));
    assertEquals(
        "r.m: a table -> nothing (cannot be compared)", line(compare(both, one, within())));
    assertEquals(
        "swept.ld: axes [layer 2] -> axes [layer 3] (cannot be compared)",
        line(compare(one, golden(swept("ld", 1, 2, 3)), within(all(1)))));
  }

  @Test
  void aGoldenResultOfOtherWordsIsStaleEvenIfItsNumbersAgree() {
    Golden was = golden(scalar("r", "m", 1));
    Golden other = new Golden("sha256:11", was.made(), false, was.tables());
    Golden each = new Golden(was.work(), was.made(), true, was.tables());
    assertFalse(compare(was, other, within(all(1))).holds());
    assertTrue(compare(was, other, within(all(1))).stale().orElseThrow().contains("changed since"));
    assertTrue(compare(was, each, within(all(1))).stale().orElseThrow().startsWith("it has means"));
  }

  @Test
  void metricsWithoutAToleranceAreNotPinned() {
    assertFalse(within(of("p", 1)).pins("ld"));
    assertTrue(within(of("p", 1)).pins("p"));
    assertTrue(within(all(1)).pins("ld"));
  }
}
