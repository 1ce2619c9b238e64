package org.intervene.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** SHA-256, written {@code sha256:} and 64 hexadecimal digits. */
public final class Sha256 {
  /** What stands in front of the digits. */
  public static final String PREFIX = "sha256:";

  private static final Pattern WRITTEN = Pattern.compile(PREFIX + "[0-9a-f]{64}");

  private Sha256() {}

  /** A digest to be filled. */
  public static MessageDigest fresh() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The digest of bytes. */
  public static String of(byte[] bytes) {
    return shown(fresh().digest(bytes));
  }

  /** The digest of a text's UTF-8 bytes. */
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The digest of the canonical JSON of a tree. */
  public static String ofTree(Object tree) {
    return of(CanonicalJson.text(tree));
  }

  /**
   * One digest of several files: that of the lines {@code HEX NAME} that {@code sha256sum} prints
   * for them in the order of their names.
   *
   * @param digests by name
   */
  public static String ofFiles(SortedMap<String, String> digests) {
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, String> file : digests.entrySet()) {
      lines.append(file.getValue().substring(PREFIX.length()));
      lines.append("  ").append(file.getKey()).append('\n');
    }
    return of(lines.toString());
  }

  /** How 32 bytes of a digest are written. */
  public static String shown(byte[] digest) {
    return PREFIX + HexFormat.of().formatHex(digest);
  }

  /** Whether a text has the form of a digest. */
  public static boolean isDigest(String text) {
    return WRITTEN.matcher(text).matches();
  }
}
