package org.intervene.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.experiment.LoadedModel;
import org.intervene.model.Dtype;
import org.intervene.model.family.Families;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every key of every family's configuration class, given other values. A value that changes what
 * transformers computes is computed with, to the same logits, or refused by its name; one that
 * changes nothing there changes nothing here. The lists under {@code config-keys} are made by
 * {@code tests/reference/make_config_keys.py}.
 */
class ConfigKeysTest {
  private static final Path KEYS = Path.of("src/test/resources/config-keys");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private JsonNode list;
  private final Map<String, double[]> plain = new TreeMap<>();

  @BeforeAll
  static void oneThread() {
    TorchRuntime.start().threads(1);
  }

  static List<Path> families() throws IOException {
    try (Stream<Path> files = Files.list(KEYS)) {
      return files.sorted(Comparator.naturalOrder()).toList();
    }
  }

  @Test
  void everyFamilyHasAList() throws IOException {
    Set<String> seen =
        families().stream()
            .map(f -> f.getFileName().toString().replace(".json", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(Families.names()), seen);
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyKeyIsUnderstoodOrRefused(Path file) throws IOException {
    list = JSON.readTree(file.toFile());
    List<String> wrong = new ArrayList<>();
    var keys = list.path("keys").fields();
    while (keys.hasNext()) {
      var key = keys.next();
      for (JsonNode tried : key.getValue().path("tried")) {
        String fault = fault(key.getKey(), key.getValue(), tried);
        if (!fault.isEmpty()) {
          wrong.add(
              "%s = %s in %s: %s"
                  .formatted(
                      key.getKey(), tried.path("value"), tried.path("case").asText(), fault));
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** What is wrong with how a value is treated; empty if nothing is. */
  private String fault(String key, JsonNode entry, JsonNode tried) throws IOException {
    String effect = tried.path("effect").asText();
    Path changed = changed(key, tried);
    double[] logits;
    try {
      logits = logits(changed, tried.path("case").asText());
    } catch (DiagnosticException e) {
      return refused(key, effect, e);
    } finally {
      clear(changed);
    }
    return switch (effect) {
      case "logits" ->
          differs(expected(tried), logits, "computed to other logits than transformers'");
      case "none" -> {
        boolean reason = entry.path("none_because").isTextual() || !entry.path("class").asBoolean();
        yield reason || isUnderstood(entry)
            ? differs(plain(tried.path("case").asText()), logits, "changes the logits")
            : "no reason is known why it changes nothing";
      }
      case "parameters" -> "the checkpoint does not fit it, and it was loaded";
      default -> "";
    };
  }

  /** Whether some value of the key has an effect, so that others need no reason to have none. */
  private static boolean isUnderstood(JsonNode entry) {
    for (JsonNode tried : entry.path("tried")) {
      String effect = tried.path("effect").asText();
      if (effect.equals("logits") || effect.equals("parameters")) {
        return true;
      }
    }
    return false;
  }

  /**
   * A refusal names the key, or the two settings or the tensors that do not go together. Old and
   * new keys of rotary settings are one setting.
   */
  private static String refused(String key, String effect, DiagnosticException e) {
    String name = key.substring(key.lastIndexOf('.') + 1).replaceFirst("rope_scaling", "rope_");
    boolean named =
        e.diagnostics().stream()
            .anyMatch(
                d ->
                    d.message().contains(name)
                        || d.id().equals("config.contradiction")
                        || d.id().startsWith("weights."));
    boolean computed = effect.equals("logits") || effect.equals("none");
    return named || !computed ? "" : "refused without its name: " + e.getMessage();
  }

  private static String differs(double[] expected, double[] seen, String what) {
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - seen[i]) <= 1e-9)) {
        return what + ": " + seen[i] + " for " + expected[i];
      }
    }
    return "";
  }

  private static double[] expected(JsonNode tried) {
    double[] logits = new double[tried.path("logits").size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = tried.path("logits").get(i).doubleValue();
    }
    return logits;
  }

  private double[] plain(String name) throws IOException {
    if (!plain.containsKey(name)) {
      plain.put(name, logits(DescriptionsTest.CASES.resolve(name), name));
    }
    return plain.get(name);
  }

  /** A copy of a case whose config.json says something else. */
  private Path changed(String key, JsonNode tried) throws IOException {
    Path directory = Files.createTempDirectory(folder, "case");
    Path source = DescriptionsTest.CASES.resolve(tried.path("case").asText());
    try (Stream<Path> files = Files.list(source)) {
      for (Path weights :
          files.filter(f -> f.getFileName().toString().startsWith("model")).toList()) {
        Files.copy(weights, directory.resolve(weights.getFileName()));
      }
    }
    ObjectNode config = (ObjectNode) JSON.readTree(source.resolve("config.json").toFile());
    ObjectNode inside = config;
    String[] path = key.split("\\.");
    for (int i = 0; i < path.length - 1; i++) {
      inside = inside.withObjectProperty(path[i]);
    }
    inside.set(path[path.length - 1], tried.path("value"));
    Files.writeString(directory.resolve("config.json"), config.toString());
    return directory;
  }

  private static void clear(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  /** Logits of the long prompt at the list's positions and tokens. */
  private double[] logits(Path directory, String name) throws IOException {
    int[] prompt = Fixture.read(DescriptionsTest.CASES.resolve(name)).tokens("long");
    try (LoadedModel model = LoadedModel.load(directory, Dtype.FLOAT64, Device.cpu())) {
      double[] all = new Pass(model.decoder(), site -> false).logits(List.of(prompt));
      int vocabulary = all.length / prompt.length;
      List<Double> picked = new ArrayList<>();
      for (JsonNode position : list.path("positions")) {
        for (JsonNode token : list.path("tokens")) {
          picked.add(all[position.intValue() * vocabulary + token.intValue()]);
        }
      }
      return picked.stream().mapToDouble(x -> x).toArray();
    }
  }
}
