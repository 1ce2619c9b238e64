package org.intervene.primer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.intervene.engine.script.ScriptModule;
import org.intervene.engine.script.ThreadModes;
import org.intervene.engine.script.TorchRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Gpt2GradientTest {
  private static final Gpt2Config SMALL = new Gpt2Config(50, 2, 16, 2);
  private static final float STEP = 1e-2f;

  private final ScriptModule script = ScriptModule.ofResource(Gpt2.class, "gpt2.py");
  private final NDManager manager = TorchRuntime.start().newManager();
  private final Random random = new Random(1);

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void gradientsAreSlopesOfTheLoss() {
    List<String> names = new ArrayList<>(Gpt2.shapes(SMALL).keySet());
    NDList weights = new NDList();
    names.forEach(name -> weights.add(weight(name)));
    long[][] ids = new long[4][12];
    long[][] targets = new long[4][12];
    for (int i = 0; i < 4 * 12; i++) {
      ids[i / 12][i % 12] = random.nextInt(SMALL.vocabulary());
      targets[i / 12][i % 12] = i % 12 < 4 ? Batch.NONE : random.nextInt(SMALL.vocabulary());
    }
    NDArray tokens = manager.create(ids);
    NDArray wanted = manager.create(targets);
    NDList gradients = gradients(weights, tokens, wanted);
    for (int k = 0; k < names.size(); k++) {
      float[] gradient = gradients.get(k).toFloatArray();
      int at = random.nextInt(gradient.length);
      double up = loss(moved(weights, k, at, STEP), tokens, wanted);
      double down = loss(moved(weights, k, at, -STEP), tokens, wanted);
      assertEquals((up - down) / (2 * STEP), gradient[at], 1e-3, names.get(k));
    }
  }

  private NDArray weight(String name) {
    Shape shape = new Shape(Gpt2.shapes(SMALL).get(name));
    float[] elements = new float[(int) shape.size()];
    for (int i = 0; i < elements.length; i++) {
      boolean gain = name.contains("ln_") && name.endsWith("weight");
      elements[i] = (float) ((gain ? 1 : 0) + 0.3 * random.nextGaussian());
    }
    return manager.create(elements, shape);
  }

  /**
   * After a first step at rate 0 without clipping, the first moments are a tenth of the gradients.
   */
  private NDList gradients(NDList weights, NDArray ids, NDArray targets) {
    NDList first = new NDList();
    NDList second = new NDList();
    for (NDArray weight : weights) {
      weight.setRequiresGradient(true);
      first.add(manager.zeros(weight.getShape()));
      second.add(manager.zeros(weight.getShape()));
    }
    NDArray loss =
        ThreadModes.withGradients(
            () ->
                script.call(
                    manager,
                    "step",
                    weights,
                    first,
                    second,
                    ids,
                    targets,
                    SMALL.heads(),
                    1,
                    0.0,
                    0.0,
                    1e9));
    assertEquals(loss(weights, ids, targets), loss.toFloatArray()[0], 1e-6);
    first.forEach(moment -> moment.muli(10));
    return first;
  }

  private double loss(NDList weights, NDArray ids, NDArray targets) {
    return script.call(manager, "loss", weights, ids, targets, SMALL.heads()).toFloatArray()[0];
  }

  private NDList moved(NDList weights, int which, int at, float by) {
    NDList moved = new NDList(weights);
    float[] elements = weights.get(which).toFloatArray();
    elements[at] += by;
    moved.set(which, manager.create(elements, weights.get(which).getShape()));
    return moved;
  }
}
