package org.intervene.cli;

import static org.intervene.cli.Screen.Colours.INDEXED;
import static org.intervene.cli.Screen.Colours.NONE;
import static org.intervene.cli.Screen.Colours.TRUE;
import static org.intervene.cli.Screen.When.ALWAYS;
import static org.intervene.cli.Screen.When.AUTO;
import static org.intervene.cli.Screen.When.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private static final Map<String, String> XTERM = Map.of("TERM", "xterm-256color");
  private static final Map<String, String> NEW =
      Map.of("TERM", "xterm-256color", "COLORTERM", "truecolor", "COLUMNS", "132");

  @Test
  void coloursFollowTheTerminalAndWhatTheUserWants() {
    assertEquals(INDEXED, Screen.of(AUTO, true, XTERM).colours());
    assertEquals(TRUE, Screen.of(AUTO, true, NEW).colours());
    assertEquals(NONE, Screen.of(AUTO, false, NEW).colours());
    assertEquals(TRUE, Screen.of(ALWAYS, false, NEW).colours());
    assertEquals(NONE, Screen.of(NEVER, true, NEW).colours());
    assertEquals(NONE, Screen.of(AUTO, true, Map.of("TERM", "dumb")).colours());
    assertEquals(NONE, Screen.of(AUTO, true, Map.of("TERM", "xterm", "NO_COLOR", "1")).colours());
    assertEquals(INDEXED, Screen.of(AUTO, true, Map.of("TERM", "xterm", "NO_COLOR", "")).colours());
  }

  @Test
  void theWidthIsTheTerminalsWithinReason() {
    assertEquals(132, Screen.of(AUTO, true, NEW).width());
    assertEquals(80, Screen.of(AUTO, true, XTERM).width());
    assertEquals(80, Screen.of(AUTO, true, Map.of("COLUMNS", "wide")).width());
    assertEquals(40, Screen.of(AUTO, true, Map.of("COLUMNS", "3")).width());
  }

  @Test
  void nearestOf256Colours() {
    Screen screen = Screen.of(ALWAYS, true, XTERM);
    assertEquals("\u001b[48;5;16;38;5;15mx\u001b[0m", screen.onGround(0x000000, true, "x"));
    assertEquals("\u001b[48;5;231;38;5;16mx\u001b[0m", screen.onGround(0xffffff, false, "x"));
    assertEquals("\u001b[48;5;196;38;5;16mx\u001b[0m", screen.onGround(0xff0000, false, "x"));
  }

  @Test
  void wideCharactersAndColourCodesAreMeasured() {
    assertEquals(4, Columns.width("\u001b[1mab\u001b[0m\u6771"));
    assertEquals(1, Columns.width("e\u0301"));
    assertEquals("ab\u2026", Columns.cut("abcd", 3));
    assertEquals("\u6771\u2026", Columns.cut("\u6771\u4eac\u90fd", 4));
  }
}
