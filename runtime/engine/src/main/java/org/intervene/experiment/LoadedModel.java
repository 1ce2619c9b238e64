package org.intervene.experiment;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import org.intervene.engine.decoder.Decoder;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.engine.weights.Products;
import org.intervene.engine.weights.WeightLoader;
import org.intervene.model.Dtype;
import org.intervene.model.directory.ModelDirectory;
import org.intervene.model.safetensors.Checkpoint;

/** A model with its weights in memory; closing it frees them. */
public final class LoadedModel implements AutoCloseable {
  private final NDManager manager;
  private final Decoder decoder;
  private final Checkpoint checkpoint;

  private LoadedModel(NDManager manager, Decoder decoder, Checkpoint checkpoint) {
    this.manager = manager;
    this.decoder = decoder;
    this.checkpoint = checkpoint;
  }

  /**
   * Loads a model directory.
   *
   * @throws org.intervene.diagnostic.DiagnosticException with everything that is wrong with the
   *     files
   */
  public static LoadedModel load(Path directory, Dtype dtype, Device device) {
    return load(directory, dtype, device, Products.PACKED);
  }

  /**
   * Loads a model directory.
   *
   * @param products how linear maps are multiplied; the oracle multiplies in the plain way
   * @throws org.intervene.diagnostic.DiagnosticException with everything that is wrong with the
   *     files
   */
  public static LoadedModel load(Path directory, Dtype dtype, Device device, Products products) {
    ModelDirectory opened = ModelDirectory.open(directory);
    Checkpoint checkpoint = opened.checkpoint().orElseThrow();
    NDManager manager = TorchRuntime.start().newManager(device);
    try {
      WeightLoader loader = new WeightLoader(checkpoint, dtype, manager, products);
      Decoder decoder = new Decoder(opened.architecture(), loader, dtype, manager);
      loader.finish();
      return new LoadedModel(manager, decoder, checkpoint);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** The manager that owns the weights, on the model's device. */
  public NDManager manager() {
    return manager;
  }

  public Decoder decoder() {
    return decoder;
  }

  /** The files that the weights were read from. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  @Override
  public void close() {
    manager.close();
  }
}
