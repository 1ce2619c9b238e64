package org.intervene.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.intervene.explain.Memory;
import org.junit.jupiter.api.Test;

/** What is said about memory. */
class MemoryRowsTest {
  @Test
  void saysWhereItGoes() {
    var rows = MemoryRows.of(new Memory(336_000_000, 4_000_000, 41_000, 0, 0, 423_000, 0, 0));
    assertEquals(List.of("memory"), List.copyOf(rows.keySet()));
    assertEquals(
        "about 340 MB at once: 336 MB program, 4.00 MB weights, 41.0 kB kept between steps,"
            + " 423 kB the largest step",
        rows.get("memory"));
  }

  @Test
  void saysWhatWaitsOnDiskAndWhatIsCollected() {
    var rows =
        MemoryRows.of(new Memory(336_000_000, 4_000_000, 0, 0, 7_000, 0, 98_400_000, 410_000_000));
    assertEquals(
        "98.4 MB wait in a temporary file for later steps, and 410 MB are read from it: memory"
            + " cannot hold them",
        rows.get("disk"));
    assertEquals(
        ", 7.00 kB collected (with `run -o` none of it)",
        rows.get("memory").substring(rows.get("memory").lastIndexOf(", ")));
  }
}
