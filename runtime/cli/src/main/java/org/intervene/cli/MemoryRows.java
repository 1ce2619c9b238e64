package org.intervene.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.intervene.explain.Memory;

/** What an explained plan says about memory, by the name of its line. */
final class MemoryRows {
  private MemoryRows() {}

  static Map<String, String> of(Memory memory) {
    Map<String, String> rows = new LinkedHashMap<>();
    String all =
        "about %s at once: %s program, %s weights, %s kept between steps, %s the largest step"
            .formatted(
                ByteSize.shown(memory.peak()),
                ByteSize.shown(memory.program()),
                ByteSize.shown(memory.weights()),
                ByteSize.shown(memory.kept()),
                ByteSize.shown(memory.largest()));
    String collected =
        memory.collected() == 0
            ? ""
            : ", %s collected (with `run -o` none of it)"
                .formatted(ByteSize.shown(memory.collected()));
    String java =
        memory.java() == 0
            ? ""
            : ", %s in Java's memory for what is kept there in 64 bits"
                .formatted(ByteSize.shown(memory.java()));
    rows.put("memory", all + java + collected);
    if (memory.spilled() > 0) {
      rows.put(
          "disk",
          "%s wait in a temporary file for later steps, and %s are read from it: memory cannot hold them"
              .formatted(ByteSize.shown(memory.spilled()), ByteSize.shown(memory.loaded())));
    }
    return rows;
  }
}
