package org.intervene.model;

import com.fasterxml.jackson.core.JsonProcessingException;

/** What is wrong with a JSON text, in words that make sense without the library that says it. */
public final class JsonFault {
  private JsonFault() {}

  /** Such as {@code line 3: Unexpected end-of-input in field name}. */
  public static String said(JsonProcessingException fault) {
    String message = fault.getOriginalMessage().lines().findFirst().orElse("");
    String plain =
        message
            .replaceFirst(" \\(start marker at .*", "")
            .replaceFirst(" \\(1000, from .*", " of 1000")
            .replaceFirst(" for `ObjectNode`: not allowed when .*", " twice in one object")
            .replaceFirst("^Duplicate field", "there is");
    return fault.getLocation() == null
        ? plain
        : "line " + fault.getLocation().getLineNr() + ": " + plain;
  }
}
