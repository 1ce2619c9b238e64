package org.intervene.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong clock = new AtomicLong(5);
  private final ProgressBar bar = bar(ProgressBar.Units.CELLS);

  private ProgressBar bar(ProgressBar.Units units) {
    return new ProgressBar(new PrintStream(bytes, true, StandardCharsets.UTF_8), units, clock::get);
  }

  private String shown() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }

  @Test
  void shortWorkShowsNothing() {
    bar.planned(100);
    bar.done(50);
    clock.addAndGet(400_000_000L);
    bar.done(50);
    bar.clear();
    assertEquals("", shown());
  }

  @Test
  void longWorkShowsRateAndTimeLeft() {
    bar.planned(100);
    clock.addAndGet(2_000_000_000L);
    bar.done(20);
    String line = shown();
    assertTrue(line.startsWith("\r"), line);
    assertTrue(line.contains(" 20 %  20 of 100 cells  10 cells/s  8 s left"), line);
    clock.addAndGet(50_000_000L);
    bar.done(1);
    assertEquals("", shown());
    bar.clear();
    assertEquals("\r\u001b[K", shown());
  }

  @Test
  void whatWasHereBeforeSaysNothingAboutTheSpeed() {
    ProgressBar download = bar(ProgressBar.Units.BYTES);
    download.reached(100_000_000, 500_000_000);
    clock.addAndGet(4_000_000_000L);
    download.reached(140_000_000, 500_000_000);
    String line = shown();
    assertTrue(line.contains(" 28 %  140 MB of 500 MB  10.0 MB/s  36 s left"), line);
  }

  @Test
  void durationsAreShort() {
    assertEquals("8 s", ProgressBar.duration(7.6));
    assertEquals("2 min 05 s", ProgressBar.duration(125));
    assertEquals("3 h 07 min", ProgressBar.duration(11220));
    assertEquals("unknown time", ProgressBar.duration(Double.NaN));
  }
}
