package org.intervene.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StrongestPatchTest {
  @Test
  void findsThePatchThatChangesTheAnswer() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      StrongestPatch.show("Eiffel Tower", "Paris", "Charles Bridge", "Prague", out);
    }
    String line = bytes.toString(StandardCharsets.UTF_8).strip();
    Matcher found =
        Pattern.compile(
                "Eiffel Tower into Charles Bridge: layer (\\d), token (\\d) restores (\\d+) %")
            .matcher(line);
    assertTrue(found.matches(), line);
    assertEquals("1", found.group(2), "the subject's first token");
    assertTrue(Integer.parseInt(found.group(3)) > 50, line);
  }
}
