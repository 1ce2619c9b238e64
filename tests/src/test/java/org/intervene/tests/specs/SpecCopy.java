package org.intervene.tests.specs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.intervene.golden.GoldenFile;
import org.intervene.lock.SealedJson;

/** A published spec with its lock and golden result, in a folder where a test may spoil it. */
record SpecCopy(Path spec) {

  /**
   * Copies a spec and the files beside it.
   *
   * @param published such as {@code examples/patch.ivn}
   */
  static SpecCopy of(String published, Path folder) throws IOException {
    Path source = Published.ROOT.resolve(published);
    Files.createDirectories(folder);
    String name = source.getFileName().toString();
    String stem = name.substring(0, name.lastIndexOf('.'));
    for (String file : Stream.of(name, stem + ".lock.json", stem + ".golden.json").toList()) {
      Files.copy(
          source.resolveSibling(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    return new SpecCopy(folder.resolve(name));
  }

  /** Replaces words of the spec, which have to be there. */
  void replace(String from, String to) throws IOException {
    replaceIn(spec, from, to);
  }

  static void replaceIn(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    if (!text.contains(from)) {
      throw new AssertionError(file + " does not say " + from);
    }
    Files.writeString(file, text.replace(from, to));
  }

  Path golden() {
    return GoldenFile.of(spec).path();
  }

  /** Changes the golden result and seals it again, as a program that knows the seal could. */
  void forge(Consumer<ObjectNode> change) {
    SealedJson file = new SealedJson("golden", 1, "");
    ObjectNode root = file.read(golden()).orElseThrow();
    root.remove("format");
    change.accept(root);
    file.write(golden(), root);
  }

  /** Adds something to the first value of the first table. */
  void move(double difference) {
    forge(
        root -> {
          ArrayNode values = (ArrayNode) root.at("/tables/0/values");
          values.set(0, values.numberNode(values.get(0).asDouble() + difference));
        });
  }
}
