package org.intervene.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.intervene.digest.Sha256;
import org.intervene.lock.Pins.DataPin;
import org.intervene.lock.Pins.EnginePin;
import org.intervene.lock.Pins.ModelPin;

/** {@code NAME.lock.json}, the pins of {@code NAME.ivn} and {@code NAME.yaml}. */
public final class LockFile {
  private static final SealedJson FILE =
      new SealedJson("lock", 1, "write it anew with `intervene lock --relock`");

  private final Path file;

  private LockFile(Path file) {
    this.file = file;
  }

  /** The lock file of a spec, whether or not it is there. */
  public static LockFile of(Path spec) {
    return new LockFile(beside(spec, ".lock.json"));
  }

  /**
   * A file that belongs to a spec.
   *
   * @param ending in place of {@code .ivn} or {@code .yaml}
   */
  public static Path beside(Path spec, String ending) {
    String name = spec.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return spec.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ending);
  }

  public Path path() {
    return file;
  }

  /**
   * What is locked; empty if there is no file.
   *
   * @throws org.intervene.diagnostic.DiagnosticException {@code lock.malformed}, {@code
   *     lock.edited} or {@code lock.format}
   */
  public Optional<Pins> read() {
    return FILE.read(file).map(this::pins);
  }

  /** Writes pins in the place of what was there. */
  public void write(Pins pins) {
    FILE.write(file, json(pins));
  }

  private static ObjectNode json(Pins pins) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode model = root.putObject("model");
    model.put("source", pins.model().source());
    texts(model.putObject("asked"), pins.model().asked());
    pins.model().revision().ifPresent(commit -> model.put("revision", commit));
    model.put("dtype", pins.model().dtype());
    model.put("device", pins.model().device());
    model.put("bos", pins.model().bos());
    model.put("digest", pins.model().digest());
    texts(model.putObject("files"), pins.model().files());
    ObjectNode data = root.putObject("data");
    pins.data()
        .forEach(
            (name, pin) ->
                data.putObject(name)
                    .put("asked", pin.asked())
                    .put("rows", pin.rows())
                    .put("digest", pin.digest()));
    if (!pins.files().isEmpty()) {
      texts(root.putObject("files"), pins.files());
    }
    ObjectNode engine = root.putObject("engine");
    engine.put("intervene", pins.engine().intervene());
    engine.put("tensors", pins.engine().tensors());
    return root;
  }

  private static void texts(ObjectNode node, Map<String, String> values) {
    values.forEach(node::put);
  }

  private Pins pins(ObjectNode root) {
    JsonNode model = object(root, "model");
    Optional<String> revision =
        model.has("revision") ? Optional.of(text(model, "revision")) : Optional.empty();
    ModelPin pin =
        new ModelPin(
            text(model, "source"),
            texts(object(model, "asked")),
            revision,
            text(model, "dtype"),
            text(model, "device"),
            text(model, "bos"),
            new TreeMap<>(digests(object(model, "files"))));
    JsonNode engine = object(root, "engine");
    return new Pins(
        pin,
        each(object(root, "data"), this::dataset),
        root.has("files") ? digests(object(root, "files")) : Map.of(),
        new EnginePin(text(engine, "intervene"), text(engine, "tensors")));
  }

  private DataPin dataset(JsonNode node) {
    if (!node.path("rows").isInt()) {
      throw FILE.malformed(file, "a dataset has no number of `rows`");
    }
    return new DataPin(digest(node, "asked"), node.get("rows").asInt(), digest(node, "digest"));
  }

  private Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new TreeMap<>();
    node.fieldNames().forEachRemaining(name -> texts.put(name, text(node, name)));
    return texts;
  }

  private Map<String, String> digests(JsonNode node) {
    Map<String, String> digests = new TreeMap<>();
    node.fieldNames().forEachRemaining(name -> digests.put(name, digest(node, name)));
    return digests;
  }

  private static <T> Map<String, T> each(JsonNode node, Function<JsonNode, T> read) {
    Map<String, T> all = new TreeMap<>();
    node.fields().forEachRemaining(field -> all.put(field.getKey(), read.apply(field.getValue())));
    return all;
  }

  private JsonNode object(JsonNode node, String key) {
    if (!node.path(key).isObject()) {
      throw FILE.malformed(file, "it has no object `" + key + "`");
    }
    return node.get(key);
  }

  private String text(JsonNode node, String key) {
    if (!node.path(key).isTextual()) {
      throw FILE.malformed(file, "it has no text `" + key + "`");
    }
    return node.get(key).asText();
  }

  private String digest(JsonNode node, String key) {
    if (!Sha256.isDigest(text(node, key))) {
      throw FILE.malformed(file, "`" + key + "` is no digest");
    }
    return node.get(key).asText();
  }
}
