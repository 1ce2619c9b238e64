package org.intervene.lock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.digest.Sha256;
import org.intervene.result.Json;
import org.intervene.result.WholeFile;

/**
 * A JSON file that notices if it is edited: {@code digest} is that of the canonical JSON of
 * everything else in it, so that only its layout may change.
 */
public final class SealedJson {
  private static final String FORMAT = "format";
  private static final String DIGEST = "digest";
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String kind;
  private final int format;
  private final String cure;

  /**
   * @param kind what ids and messages call the file: {@code lock} or {@code golden}
   * @param format number of the newest form that is understood
   * @param cure how to write the file anew
   */
  public SealedJson(String kind, int format, String cure) {
    this.kind = kind;
    this.format = format;
    this.cure = cure;
  }

  /**
   * What a file holds, without its seal; empty if there is no file.
   *
   * @throws DiagnosticException if it is no such file, or was edited
   */
  public Optional<ObjectNode> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode read = parsed(file);
    if (!(read instanceof ObjectNode root) || !root.path(FORMAT).isInt()) {
      throw malformed(file, "it is no JSON object with a `" + FORMAT + "`");
    } else if (root.get(FORMAT).asInt() != format) {
      throw problem(
          "format",
          file,
          "this %s file has format %d, and this program knows format %d"
              .formatted(kind, root.get(FORMAT).asInt(), format),
          "use the version of intervene that wrote it, or " + cure);
    } else if (!root.path(DIGEST).isTextual()) {
      throw malformed(file, "it has no `" + DIGEST + "`");
    }
    String seal = root.remove(DIGEST).asText();
    if (!seal.equals(sealOf(root, file))) {
      throw problem(
          "edited",
          file,
          "this %s file was changed by something else than intervene: it does not fit its own digest"
              .formatted(kind),
          "restore it from version control, or " + cure);
    }
    return Optional.of(root);
  }

  private String sealOf(ObjectNode root, Path file) {
    try {
      return digest(root);
    } catch (IllegalArgumentException e) {
      throw malformed(file, "it has a number that is too large");
    }
  }

  private JsonNode parsed(Path file) {
    try {
      return MAPPER.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
      throw malformed(file, "it is no JSON" + where + ": " + e.getOriginalMessage().split("\n")[0]);
    } catch (IOException e) {
      throw malformed(file, "it cannot be read: " + reason(e));
    }
  }

  /** An error about what a file holds. */
  public DiagnosticException malformed(Path file, String why) {
    return problem(
        "malformed",
        file,
        "this is no %s file: %s".formatted(kind, why),
        "restore it from version control, or " + cure);
  }

  private DiagnosticException problem(String id, Path file, String message, String help) {
    return DiagnosticException.resource(
        Diagnostic.inFile(kind + "." + id, file.toString(), message, help));
  }

  /**
   * Writes a file with its seal; what was there is replaced when the new one is whole.
   *
   * @throws DiagnosticException if it cannot be written
   */
  public void write(Path file, ObjectNode content) {
    ObjectNode bare = JsonNodeFactory.instance.objectNode().put(FORMAT, format);
    bare.setAll(content);
    ObjectNode sealed = JsonNodeFactory.instance.objectNode().put(FORMAT, format);
    sealed.put(DIGEST, digest(bare)).setAll(content);
    byte[] text = Json.text(sealed).getBytes(StandardCharsets.UTF_8);
    try {
      WholeFile.write(file, out -> out.write(text));
    } catch (IOException e) {
      throw problem(
          "write-failed",
          file,
          "the %s file cannot be written here: %s".formatted(kind, reason(e)),
          "free the space or the permission that it needs");
    }
  }

  private static String digest(ObjectNode root) {
    return Sha256.ofTree(MAPPER.convertValue(root, Object.class));
  }

  private static String reason(IOException e) {
    if (e instanceof java.nio.file.AccessDeniedException) {
      return "permission denied";
    }
    boolean system = e instanceof FileSystemException;
    String reason = system ? ((FileSystemException) e).getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason.split("\n")[0];
  }
}
