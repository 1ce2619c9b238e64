package org.intervene.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.engine.weights.Products;

/** This project as one of the tools that do tasks. */
public final class Worker {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final JsonNode tasks;
  private final Path model;
  private final int repetitions;

  private Worker(JsonNode tasks) {
    this.tasks = tasks;
    this.model = Path.of(tasks.get("model").asText());
    this.repetitions = tasks.get("repetitions").asInt();
  }

  /**
   * Does tasks and prints a line for each.
   *
   * @param arguments the file with the tasks, then which: {@code forward}, {@code planned}, {@code
   *     naive} or {@code load}
   */
  public static void main(String[] arguments) throws IOException {
    JsonNode tasks = JSON.readTree(Path.of(arguments[0]).toFile());
    TorchRuntime.start().threads(tasks.get("threads").asInt());
    Worker worker = new Worker(tasks);
    for (String what : List.of(arguments).subList(1, arguments.length)) {
      worker.perform(what);
    }
  }

  private void perform(String what) {
    if (what.equals("load")) {
      say(Own.loading(model));
      return;
    }
    boolean naive = what.equals("naive");
    try (Own own = new Own(model, repetitions, naive ? Products.PLAIN : Products.PACKED)) {
      if (what.equals("forward")) {
        forward(own);
      } else {
        if (naive) {
          own.forward("warm-up", List.of(IntStream.range(0, 16).toArray()));
        }
        for (Map.Entry<String, JsonNode> spec : tasks.get("specs").properties()) {
          String text = spec.getValue().asText();
          say(naive ? own.naive(spec.getKey(), text) : own.planned(spec.getKey(), text));
        }
      }
    }
  }

  private void forward(Own own) {
    List<int[]> batch = new ArrayList<>();
    tasks.get("batch").forEach(input -> batch.add(tokens(input)));
    for (JsonNode size : tasks.get("batches")) {
      say(own.forward("forward-" + size.asInt(), batch.subList(0, size.asInt())));
    }
  }

  private static int[] tokens(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  private static void say(Timing timing) {
    System.out.println(timing.line());
  }
}
