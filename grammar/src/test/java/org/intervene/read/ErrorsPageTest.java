package org.intervene.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every id that reading emits stands on the page of errors. */
class ErrorsPageTest {

  private static List<String> documented() throws IOException {
    return Files.readAllLines(Path.of("../docs/errors.md")).stream()
        .filter(line -> line.startsWith("### `") && line.endsWith("`"))
        .map(line -> line.substring(5, line.length() - 1))
        .toList();
  }

  @Test
  void everyIdIsExplained() throws IOException {
    List<String> documented = documented();
    List<String> missing = Ids.all().stream().filter(id -> !documented.contains(id)).toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void idsAreInOrderAndOnce() throws IOException {
    List<String> documented = documented();
    assertEquals(documented.stream().sorted().distinct().toList(), documented);
  }
}
