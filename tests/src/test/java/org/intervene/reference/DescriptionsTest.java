package org.intervene.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.intervene.model.directory.ModelDirectory;
import org.intervene.model.family.Families;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every family's description accounts for every key and every tensor of its checkpoints. */
class DescriptionsTest {
  static final Path CASES = Path.of("src/test/resources/conformance");

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.filter(Files::isDirectory).sorted(Comparator.naturalOrder()).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aCheckpointIsUnderstood(Path folder) {
    ModelDirectory opened = ModelDirectory.open(folder);
    ModelDirectory described = ModelDirectory.describe(folder);
    assertEquals(described.architecture().facts(), opened.architecture().facts());
  }

  @Test
  void everyFamilyHasCases() throws IOException {
    Set<String> seen = new TreeSet<>();
    for (Path folder : cases()) {
      seen.add(ModelDirectory.describe(folder).architecture().family());
    }
    assertEquals(new TreeSet<>(Families.names()), seen);
  }
}
