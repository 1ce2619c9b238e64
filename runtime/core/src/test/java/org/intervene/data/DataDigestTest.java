package org.intervene.data;

import static org.intervene.data.Reading.dsl;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expected digests were computed from the documented form by an independent program in Python. */
class DataDigestTest {
  private static String digest(String... lines) {
    return DataDigest.of(dsl(lines).good());
  }

  @Test
  void formIsTheDocumentedOne() {
    assertEquals(
        "sha256:5bfbee281577e5914f80c0f037210cd7a068875169954296222530ac2e2dbac0",
        digest("data d rows { clean \"é x\" ids [1, 2] n -0 } { clean \"\" ids [] n 2.5 }"));
    assertEquals(
        "sha256:eb63cf9f3864963db73d6b26e14eeacbb9094e61e9124b9d9c43c3689a31d143",
        digest("data d template \"go {b} {a}\" rows 1 seed 1 { a from [\"y\"] b from [\"x\"] }"));
  }

  @Test
  void originDoesNotMatter(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("r.jsonl"), "{\"a\": \"x\", \"n\": 1}\n{\"n\": 2, \"a\": \"y\"}");
    Dataset file = dsl(Optional.empty(), folder, "data other file \"r.jsonl\"").good();
    assertEquals(digest("data d rows { a \"x\" n 1 } { a \"y\" n 2 }"), DataDigest.of(file));
  }

  @Test
  void orderOfColumnsDoesNotMatter() {
    assertEquals(
        digest("data d rows { a \"x\" b 1 } { a \"y\" b 2 }"),
        digest("data d rows { b 1 a \"x\" } { b 2 a \"y\" }"));
  }

  @Test
  void everyChangeChangesIt() {
    List<String> different =
        List.of(
            digest("data d rows { a \"x\" b \"y\" }"),
            digest("data d rows { a \"xy\" b \"\" }"),
            digest("data d rows { b \"x\" a \"y\" }"),
            digest("data d rows { a \"x\" } { a \"y\" }"),
            digest("data d rows { a \"x\" }"),
            digest("data d rows { a 1 }"),
            digest("data d rows { a [1] }"),
            digest("data d rows { a [1, 2] }"),
            digest("data d rows { a [1] } { a [2] }"),
            digest("data d template \"{a}\" rows 1 seed 1 { a from [\"x\"] }"));
    assertEquals(Set.copyOf(different).size(), new HashSet<>(different).size());
    assertEquals(10, Set.copyOf(different).size());
    assertNotEquals(different.get(0), different.get(1));
  }
}
