package org.intervene.primer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.intervene.engine.script.ScriptModule;
import org.intervene.engine.script.ThreadModes;

/** GPT-2 with its weights, in TorchScript: predictions, attention patterns and training steps. */
final class Gpt2 {
  private final ScriptModule script = ScriptModule.ofResource(Gpt2.class, "gpt2.py");
  private final Gpt2Config config;
  private final NDManager manager;
  private final NDList weights;
  private final NDList firstMoments = new NDList();
  private final NDList secondMoments = new NDList();

  private Gpt2(Gpt2Config config, NDManager manager, NDList weights) {
    this.config = config;
    this.manager = manager;
    this.weights = weights;
  }

  /** First weights, drawn by Java, so that they do not depend on libtorch's generator. */
  static Gpt2 random(Gpt2Config config, NDManager manager, long seed) {
    FirstWeights first = new FirstWeights(config, new Random(seed));
    NDList weights = new NDList();
    shapes(config)
        .forEach(
            (name, shape) -> weights.add(manager.create(first.of(name, shape), new Shape(shape))));
    return new Gpt2(config, manager, weights);
  }

  /** Given weights by their names in the checkpoint. */
  static Gpt2 of(Gpt2Config config, NDManager manager, Map<String, float[]> tensors) {
    NDList weights = new NDList();
    shapes(config)
        .forEach((name, shape) -> weights.add(manager.create(tensors.get(name), new Shape(shape))));
    return new Gpt2(config, manager, weights);
  }

  /** Names and shapes of the weights in the order of {@code gpt2.py}. */
  static Map<String, long[]> shapes(Gpt2Config config) {
    long d = config.width();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("transformer.wte.weight", new long[] {config.vocabulary(), d});
    shapes.put("transformer.wpe.weight", new long[] {Gpt2Config.POSITIONS, d});
    for (int layer = 0; layer < config.layers(); layer++) {
      String block = "transformer.h." + layer + ".";
      layer(shapes, block + "ln_1", d);
      layer(shapes, block + "attn.c_attn", d, 3 * d);
      layer(shapes, block + "attn.c_proj", d, d);
      layer(shapes, block + "ln_2", d);
      layer(shapes, block + "mlp.c_fc", d, 4 * d);
      layer(shapes, block + "mlp.c_proj", 4 * d, d);
    }
    layer(shapes, "transformer.ln_f", d);
    return shapes;
  }

  private static void layer(Map<String, long[]> shapes, String name, long... shape) {
    shapes.put(name + ".weight", shape);
    shapes.put(name + ".bias", new long[] {shape[shape.length - 1]});
  }

  Gpt2Config config() {
    return config;
  }

  /** The weights by their names in the checkpoint. */
  Map<String, float[]> tensors() {
    Map<String, float[]> tensors = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(shapes(config).keySet());
    for (int i = 0; i < names.size(); i++) {
      tensors.put(names.get(i), weights.get(i).toFloatArray());
    }
    return tensors;
  }

  /** Logits of the next token after each row: [row][vocabulary]. Rows have one length. */
  float[][] nextLogits(long[][] rows) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray logits = script.call(scope, "logits", weights, scope.create(rows), config.heads());
      float[] flat = logits.get(":, -1").toFloatArray();
      float[][] result = new float[rows.length][config.vocabulary()];
      for (int row = 0; row < rows.length; row++) {
        System.arraycopy(flat, row * config.vocabulary(), result[row], 0, config.vocabulary());
      }
      return result;
    }
  }

  /** Attention probabilities of a block: [row, head, query, key] row-major. */
  float[] pattern(long[][] rows, int layer) {
    try (NDManager scope = manager.newSubManager()) {
      return script
          .call(scope, "pattern", weights, scope.create(rows), config.heads(), layer)
          .toFloatArray();
    }
  }

  /**
   * One step of AdamW.
   *
   * @param count number of this step, from 1
   * @param rate learning rate
   * @return mean cross-entropy before the step, nats for each token
   */
  double step(Batch batch, int count, double rate, TrainingSettings settings) {
    if (firstMoments.isEmpty()) {
      for (NDArray weight : weights) {
        weight.setRequiresGradient(true);
        firstMoments.add(manager.zeros(weight.getShape()));
        secondMoments.add(manager.zeros(weight.getShape()));
      }
    }
    try (NDManager scope = manager.newSubManager()) {
      NDArray ids = scope.create(batch.ids());
      NDArray targets = scope.create(batch.targets());
      return ThreadModes.withGradients(
          () ->
              script.call(
                      scope,
                      "step",
                      weights,
                      firstMoments,
                      secondMoments,
                      ids,
                      targets,
                      config.heads(),
                      count,
                      rate,
                      settings.decay(),
                      settings.clip())
                  .toFloatArray()[0]);
    }
  }
}
