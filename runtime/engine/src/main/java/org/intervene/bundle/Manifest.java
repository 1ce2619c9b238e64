package org.intervene.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.source.FileDigests;

/**
 * {@code manifest-sha256.txt}: a digest for every other file, in the format that {@code sha256sum
 * -c} checks.
 *
 * @param digests 64 hexadecimal digits by path, with {@code /} between folders
 */
record Manifest(SortedMap<String, String> digests) {
  static final String NAME = "manifest-sha256.txt";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (.+)");

  /** The manifest of the files below a folder. */
  static Manifest of(Path folder) throws IOException {
    SortedMap<String, String> digests = new TreeMap<>();
    for (String name : files(folder)) {
      digests.put(name, FileDigests.hex(folder.resolve(name)));
    }
    return new Manifest(digests);
  }

  /** Every file below a folder but the manifest, in the order of their names. */
  static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .filter(name -> !name.equals(NAME))
          .sorted()
          .toList();
    }
  }

  void write(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    digests.forEach((name, digest) -> text.append(digest).append("  ").append(name).append('\n'));
    Files.writeString(folder.resolve(NAME), text);
  }

  /**
   * Reads the manifest of an unpacked bundle.
   *
   * @throws DiagnosticException if there is none, or it is none
   */
  static Manifest read(Path folder, Path bundle) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw BundleProblems.unreadable(bundle, "it has no `" + NAME + "`");
    }
    SortedMap<String, String> digests = new TreeMap<>();
    for (String line :
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()) {
      Matcher parts = LINE.matcher(line);
      if (!parts.matches() || digests.put(parts.group(2), parts.group(1)) != null) {
        throw BundleProblems.unreadable(bundle, "its `" + NAME + "` is malformed");
      }
    }
    return new Manifest(digests);
  }

  /** What differs between what this manifest lists and what is there. */
  List<Diagnostic> differences(Manifest found, Path bundle) {
    List<Diagnostic> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(digests.keySet());
    names.addAll(found.digests.keySet());
    for (String name : names) {
      String listed = digests.get(name);
      String there = found.digests.get(name);
      if (there == null) {
        differences.add(BundleProblems.damaged(bundle, name, "is listed and is not there"));
      } else if (listed == null) {
        differences.add(BundleProblems.damaged(bundle, name, "is there and is not listed"));
      } else if (!listed.equals(there)) {
        differences.add(
            BundleProblems.damaged(bundle, name, "is not what was put in: its digest differs"));
      }
    }
    return differences;
  }
}
