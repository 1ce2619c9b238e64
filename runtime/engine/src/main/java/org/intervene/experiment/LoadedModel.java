package org.intervene.experiment;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import org.intervene.engine.decoder.Decoder;
import org.intervene.engine.script.Home;
import org.intervene.engine.weights.Products;
import org.intervene.engine.weights.WeightLoader;
import org.intervene.model.Dtype;
import org.intervene.model.directory.ModelDirectory;
import org.intervene.model.placement.FreeMemory;
import org.intervene.model.placement.Placement;
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
    String name = device.isGpu() ? "cuda:" + device.getDeviceId() : FreeMemory.CPU;
    return load(opened, dtype, Placement.on(name, opened.architecture().layers()), products);
  }

  /**
   * Loads a model directory onto one or several devices.
   *
   * @param placement of a model with as many layers
   * @param products how linear maps are multiplied; the oracle multiplies in the plain way
   * @throws org.intervene.diagnostic.DiagnosticException with everything that is wrong with the
   *     files
   */
  public static LoadedModel load(
      Path directory, Dtype dtype, Placement placement, Products products) {
    return load(ModelDirectory.open(directory), dtype, placement, products);
  }

  private static LoadedModel load(
      ModelDirectory opened, Dtype dtype, Placement placement, Products products) {
    Checkpoint checkpoint = opened.checkpoint().orElseThrow();
    NDManager manager = new Home(placement.embedding()).newManager();
    try {
      WeightLoader loader = new WeightLoader(checkpoint, dtype, manager, products);
      Decoder decoder = new Decoder(opened.architecture(), loader, dtype, manager, placement);
      loader.finish();
      return new LoadedModel(manager, decoder, checkpoint);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** The manager that all weights end with, on the device of the embedding. */
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
