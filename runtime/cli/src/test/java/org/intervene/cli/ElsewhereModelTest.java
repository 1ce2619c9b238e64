package org.intervene.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.intervene.diagnostic.SourceText;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;
import org.junit.jupiter.api.Test;

class ElsewhereModelTest {
  private static String located(String typed) {
    Reading reading = SpecReader.read(SourceText.of("a.ivn", FixedPipeline.SPEC));
    Reading there = new ElsewhereModel(Optional.of(typed)).located(reading);
    return there.spec().orElseThrow().model().source().text();
  }

  @Test
  void aDirectoryIsOneOfWhereTheUserIs() {
    assertEquals(Path.of("src/test").toAbsolutePath().toString(), located("src/test"));
    assertEquals("hf:org/name@main", located("hf:org/name@main"));
    assertEquals("none/such", located("none/such"));
    assertEquals("\0", located("\0"));
  }
}
