package org.intervene.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.model.part.Activation;

/**
 * A {@code config.json} being read. It keeps count of which keys were understood: a key that nobody
 * asked for and that is not known to be inert is a problem, because it may change the computation.
 * Problems are collected; after one, reading goes on with a harmless value.
 */
public final class Config {
  /** Keys that no transformers model computes with: provenance, training, generation, outputs. */
  private static final Set<String> INERT =
      Set.of(
          "_attn_implementation",
          "_attn_implementation_autoset",
          "_name_or_path",
          "architectures",
          "auto_map",
          "bos_token_id",
          "chunk_size_feed_forward",
          "classifier_dropout",
          "decoder_start_token_id",
          "dtype",
          "eos_token_id",
          "finetuning_task",
          "gradient_checkpointing",
          "id2label",
          "initializer_range",
          "is_encoder_decoder",
          "label2id",
          "model_type",
          "output_attentions",
          "output_hidden_states",
          "pad_token_id",
          "problem_type",
          "return_dict",
          "sep_token_id",
          "task_specific_params",
          "tokenizer_class",
          "torch_dtype",
          "torchscript",
          "transformers_version",
          "unk_token_id",
          "use_cache");

  /** No size of a real model is larger; products of sizes do not overflow. */
  private static final int MOST = 1 << 26;

  private static final int MOST_LAYERS = 1 << 12;

  private final JsonNode root;
  private final String file;
  private final String at;
  private final Set<String> understood = new HashSet<>(INERT);
  private final List<Diagnostic> problems;

  private Config(JsonNode root, String file, String at, List<Diagnostic> problems) {
    this.root = root;
    this.file = file;
    this.at = at;
    this.problems = problems;
  }

  /**
   * A config that nothing was read from yet.
   *
   * @param root a JSON object
   * @param file how messages call the file
   */
  public static Config of(JsonNode root, String file) {
    return new Config(root, file, "", new ArrayList<>());
  }

  /** Whether the key is there with a value other than null. */
  public boolean has(String key) {
    return value(key).isPresent();
  }

  /** An integer from 1 on. */
  public int size(String key, int fallback) {
    return sizeIfAny(key).orElse(fallback);
  }

  /** An integer from 1 on, where the key has one. */
  public OptionalInt sizeIfAny(String key) {
    Optional<JsonNode> value = value(key);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    JsonNode number = value.get();
    if (!number.isIntegralNumber() || !number.canConvertToInt() || number.intValue() < 1) {
      wrongType(key, number, "a positive integer");
      return OptionalInt.of(1);
    }
    if (number.intValue() > MOST) {
      wrongType(key, number, "an integer up to " + MOST);
      return OptionalInt.of(1);
    }
    return OptionalInt.of(number.intValue());
  }

  /** An integer from 1 on that has no default. */
  public int size(String key) {
    if (!has(key)) {
      problem(
          "config.missing-key",
          "`" + at + key + "` is missing",
          "add the key: every model of this family has it");
    }
    return size(key, 1);
  }

  /** An integer from 0 on. */
  public int count(String key, int fallback) {
    Optional<JsonNode> value = value(key);
    if (value.isEmpty()) {
      return fallback;
    }
    if (!value.get().canConvertToInt()
        || !value.get().isIntegralNumber()
        || value.get().intValue() < 0) {
      wrongType(key, value.get(), "an integer from 0 on");
      return fallback;
    }
    return value.get().intValue();
  }

  /** Whether the key is not there at all: not even as null, which may mean something else. */
  public boolean lacks(String key) {
    understood.add(key);
    return !root.has(key);
  }

  /**
   * The first of several names of one setting that the config has; the first if it has none. Two
   * that say different things are a problem.
   */
  public String nameOf(String... names) {
    List<String> there = Arrays.stream(names).filter(this::has).toList();
    for (String other : there) {
      if (!root.get(other).equals(root.get(there.get(0)))) {
        contradiction(
            "`%s` and `%s` are one setting and say different things"
                .formatted(at + there.get(0), at + other),
            "keep one of them");
      }
    }
    return there.isEmpty() ? names[0] : there.get(0);
  }

  /** How many layers there are. */
  public int layers(String key) {
    int layers = size(key);
    if (layers > MOST_LAYERS) {
      wrongType(key, root.get(key), "a number of layers up to " + MOST_LAYERS);
      return 1;
    }
    return layers;
  }

  /** A number. */
  public double number(String key, double fallback) {
    return numberIfAny(key).orElse(fallback);
  }

  /** A number, where the key has one. */
  public OptionalDouble numberIfAny(String key) {
    Optional<JsonNode> value = value(key);
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (!value.get().isNumber()) {
      wrongType(key, value.get(), "a number");
      return OptionalDouble.of(1);
    }
    return OptionalDouble.of(value.get().doubleValue());
  }

  /** A number above zero that has no default. */
  public double positive(String key) {
    double number = numberIfAny(key).orElse(0);
    if (number <= 0) {
      problem(
          has(key) ? "config.wrong-type" : "config.missing-key",
          "`" + at + key + "` has to be a number above zero",
          "other settings of this config need it");
      return 1;
    }
    return number;
  }

  /** True or false. */
  public boolean flag(String key, boolean fallback) {
    Optional<JsonNode> value = value(key);
    if (value.isPresent() && !value.get().isBoolean()) {
      wrongType(key, value.get(), "true or false");
      return fallback;
    }
    return value.map(JsonNode::booleanValue).orElse(fallback);
  }

  /** A string. */
  public String text(String key, String fallback) {
    Optional<JsonNode> value = value(key);
    if (value.isPresent() && !value.get().isTextual()) {
      wrongType(key, value.get(), "a string");
      return fallback;
    }
    return value.map(JsonNode::textValue).orElse(fallback);
  }

  /** A list whose elements are read by a function; empty where the key is absent. */
  public <T> List<T> list(String key, Function<JsonNode, T> element) {
    Optional<JsonNode> value = value(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!value.get().isArray()) {
      wrongType(key, value.get(), "a list");
      return List.of();
    }
    return StreamSupport.stream(value.get().spliterator(), false).map(element).toList();
  }

  /** A list of strings; empty where the key is absent. */
  public List<String> texts(String key) {
    return list(key, JsonNode::asText);
  }

  /** A list of integers; empty where the key is absent. */
  public List<Integer> integers(String key) {
    return list(key, JsonNode::asInt);
  }

  /** A nested object; its own keys are counted too. */
  public Optional<Config> object(String key) {
    Optional<JsonNode> value = value(key);
    if (value.isPresent() && !value.get().isObject()) {
      wrongType(key, value.get(), "an object");
      return Optional.empty();
    }
    return value.map(node -> new Config(node, file, at + key + ".", problems));
  }

  /** The activation function that a key names. */
  public Activation activation(String key, String fallback) {
    String name = text(key, fallback);
    return Activation.named(name)
        .orElseGet(
            () -> {
              problem(
                  "config.unsupported",
                  "`" + at + key + "` is \"" + name + "\", an activation that is not known",
                  "known are " + String.join(", ", new TreeSet<>(Activation.names())));
              return Activation.GELU;
            });
  }

  /** Declares keys that do not change what the model computes. */
  public void inert(String... keys) {
    understood.addAll(Arrays.asList(keys));
  }

  /** Refuses a setting that the engine does not have. */
  public void onlyFlag(String key, boolean supported) {
    if (flag(key, supported) != supported) {
      unsupported(key, "only " + supported + " is supported");
    }
  }

  /** Refuses the value of a key by name. */
  public void unsupported(String key, String help) {
    understood.add(key);
    problem(
        "config.unsupported",
        "`" + at + key + "` is " + root.get(key) + ", which is not supported",
        help);
  }

  /** Refuses a combination of values, each of which is sound; after a problem, says nothing. */
  public void contradiction(String message, String help) {
    if (problems.isEmpty()) {
      problem("config.contradiction", message, help);
    }
  }

  /** Reports every key that nobody asked for. */
  public void finish() {
    List<String> unknown = new ArrayList<>();
    root.fieldNames()
        .forEachRemaining(
            key -> {
              if (!understood.contains(key) && !isEmpty(root.get(key))) {
                unknown.add(key);
              }
            });
    if (!unknown.isEmpty()) {
      String names =
          unknown.stream()
              .sorted()
              .map(key -> "`" + at + key + "`")
              .collect(Collectors.joining(", "));
      problem(
          "config.unknown-key",
          names
              + (unknown.size() == 1 ? " is a key" : " are keys")
              + " that this family's description does not know",
          "a setting that is not understood may change the computation; remove it only if it does not");
    }
  }

  /** Null, [] and {} set nothing. */
  private static boolean isEmpty(JsonNode value) {
    return value.isNull() || value.isContainerNode() && value.isEmpty();
  }

  /** What was wrong so far. */
  public List<Diagnostic> problems() {
    return List.copyOf(problems);
  }

  private Optional<JsonNode> value(String key) {
    understood.add(key);
    return Optional.ofNullable(root.get(key)).filter(node -> !node.isNull());
  }

  private void wrongType(String key, JsonNode value, String wanted) {
    problem(
        "config.wrong-type",
        "`" + at + key + "` is " + value + " where " + wanted + " belongs",
        "correct the value, or take config.json from the model's publisher again");
  }

  private void problem(String id, String message, String help) {
    Diagnostic found = Diagnostic.inFile(id, file, message, help);
    if (!problems.contains(found)) {
      problems.add(found);
    }
  }
}
