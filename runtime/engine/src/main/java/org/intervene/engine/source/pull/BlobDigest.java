package org.intervene.engine.source.pull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the hub knows a file's content by, and the cache names it by: SHA-256 for large files, git's
 * SHA-1 of a blob for small ones.
 *
 * @param hex 64 or 40 hexadecimal digits
 */
record BlobDigest(String hex) {
  private static final int SHA1_DIGITS = 40;
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  /** Reads a digest or an entity tag: {@code "HEX"}, perhaps behind {@code W/}. */
  static Optional<BlobDigest> parse(String written) {
    String bare = written.startsWith("W/") ? written.substring(2) : written;
    String hex = bare.replace("\"", "");
    return HEX.matcher(hex).matches() ? Optional.of(new BlobDigest(hex)) : Optional.empty();
  }

  /** Whether a file has this content. */
  boolean matches(Path file) throws IOException {
    MessageDigest digest = algorithm(hex.length() == SHA1_DIGITS ? "SHA-1" : "SHA-256");
    if (hex.length() == SHA1_DIGITS) {
      digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
    }
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest()).equals(hex);
  }

  private static MessageDigest algorithm(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has both
    }
  }
}
