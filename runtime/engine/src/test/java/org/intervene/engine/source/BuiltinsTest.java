package org.intervene.engine.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intervene.diagnostic.DiagnosticException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltinsTest {
  private final Builtins builtins =
      new Builtins(getClass().getClassLoader(), List.of("sample", "damaged", "escaping"));

  @TempDir private Path cache;

  @Test
  void aModelIsExtractedOnce() throws IOException {
    Path first = builtins.directory("sample", cache);
    assertEquals(cache.resolve("models"), first.getParent());
    assertTrue(first.getFileName().toString().matches("sample-[0-9a-f]{12}"));
    assertEquals("{\"model_type\":\"sample\"}\n", Files.readString(first.resolve("config.json")));
    Object key = Files.readAttributes(first, "unix:ino").get("ino");
    assertEquals(first, builtins.directory("sample", cache));
    assertEquals(key, Files.readAttributes(first, "unix:ino").get("ino"));
    assertEquals(Set.of(first), entries());
  }

  @Test
  void aHarmedCopyIsReplaced() throws IOException {
    Path directory = builtins.directory("sample", cache);
    Files.writeString(directory.resolve("config.json"), "{}");
    Files.delete(directory.resolve("tokenizer.json"));
    assertEquals(directory, builtins.directory("sample", cache));
    assertEquals(
        "{\"model_type\":\"sample\"}\n", Files.readString(directory.resolve("config.json")));
    assertTrue(Files.exists(directory.resolve("tokenizer.json")));
    assertEquals(Set.of(directory), entries());
  }

  @RepeatedTest(50)
  void severalAtOnceGetOneWholeDirectory() throws Exception {
    Callable<Path> extract = () -> builtins.directory("sample", cache);
    Set<Path> found = new HashSet<>();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Path> path : threads.invokeAll(List.of(extract, extract, extract, extract))) {
        found.add(path.get());
      }
    } finally {
      threads.shutdown();
    }
    assertEquals(entries(), found);
  }

  @Test
  void aCacheThatCannotBeWrittenStopsNobody() throws IOException {
    Path file = Files.writeString(cache.resolve("file"), "in the way");
    Path directory = builtins.directory("sample", file);
    assertFalse(directory.startsWith(cache));
    assertTrue(Files.exists(directory.resolve("tokenizer.json")));
  }

  @Test
  void aDamagedModelIsRefused() throws IOException {
    for (String name : List.of("damaged", "escaping")) {
      DiagnosticException thrown =
          assertThrows(DiagnosticException.class, () -> builtins.directory(name, cache));
      assertEquals("builtin.broken", thrown.diagnostics().get(0).id());
    }
    assertEquals(Set.of(), entries());
  }

  private Set<Path> entries() throws IOException {
    Path models = cache.resolve("models");
    if (!Files.exists(models)) {
      return Set.of();
    }
    try (Stream<Path> paths = Files.list(models)) {
      return paths.collect(Collectors.toSet());
    }
  }
}
