package org.intervene.engine.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of an embedded model with their digests, as {@code sha256sum} prints them.
 *
 * @param digests SHA-256 by file name, 64 hexadecimal digits
 * @param digest SHA-256 of the list itself
 */
record Listing(Map<String, String> digests, String digest) {
  /** The list's own name. */
  static final String FILE = "files.txt";

  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{64}) [ *]([A-Za-z0-9_][A-Za-z0-9._-]*)");

  /**
   * Reads a list.
   *
   * @throws IllegalArgumentException if a line is not a digest and a plain file name
   */
  static Listing parse(String text) {
    Map<String, String> digests = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("`" + line + "` is not a digest and a file name");
      }
      digests.put(matcher.group(2), matcher.group(1));
    }
    MessageDigest digest = FileDigests.sha256();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return new Listing(digests, FileDigests.hex(digest));
  }

  /** Whether a directory has all the files, unharmed. */
  boolean isComplete(Path directory) throws IOException {
    for (Map.Entry<String, String> file : digests.entrySet()) {
      Path path = directory.resolve(file.getKey());
      if (!Files.isRegularFile(path) || !FileDigests.hex(path).equals(file.getValue())) {
        return false;
      }
    }
    return true;
  }
}
