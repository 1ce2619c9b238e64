package org.intervene.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.intervene.ast.Spec;
import org.junit.jupiter.api.Test;

/** The language's first example, in both notations. */
class TwoNotationsTest {
  private static final Path FOLDER = Path.of("src/test/resources/examples");

  @Test
  void bothReadIntoEqualTrees() {
    assertEquals(read("subject-tracing.ivn"), read("subject-tracing.yaml"));
  }

  private static Spec read(String file) {
    Reading reading = SpecReader.read(FOLDER.resolve(file));
    assertEquals(List.of(), reading.diagnostics());
    return reading.spec().orElseThrow();
  }
}
