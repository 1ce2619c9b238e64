package org.intervene.track;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The {@code meta.yaml} of experiments and runs. */
final class MetaYaml {
  private MetaYaml() {}

  /** A line for each key; a JSON text is a YAML text. */
  static String text(Map<String, Object> meta) {
    StringBuilder text = new StringBuilder();
    meta.forEach(
        (key, value) -> {
          String shown = value.toString();
          if (value instanceof String string) {
            shown = '"' + new String(JsonStringEncoder.getInstance().quoteAsString(string)) + '"';
          }
          text.append(key).append(": ").append(shown).append('\n');
        });
    return text.toString();
  }

  /** Keys and values as texts; nothing if it is no description. */
  static Map<String, String> read(Path file) throws IOException {
    Map<String, String> meta = new LinkedHashMap<>();
    try {
      Object tree =
          new Yaml(new SafeConstructor(new LoaderOptions()))
              .load(Files.readString(file, StandardCharsets.UTF_8));
      if (tree instanceof Map<?, ?> map) {
        map.forEach((key, value) -> meta.put(String.valueOf(key), String.valueOf(value)));
      }
    } catch (YAMLException e) {
      return Map.of(); // somebody else's file
    }
    return meta;
  }

  /** A path as MLflow writes it: an address that begins with {@code file:///}. */
  static String address(Path path) {
    String address = path.toUri().toString();
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
