package org.intervene.tests;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.intervene.ast.Spec;
import org.intervene.compile.Compiled;
import org.intervene.compile.SpecCompiler;
import org.intervene.diagnostic.SourceText;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.engine.weights.Products;
import org.intervene.execute.Executor;
import org.intervene.execute.NaiveExecutor;
import org.intervene.execute.PackedExecutor;
import org.intervene.execute.Progress;
import org.intervene.experiment.LoadedModel;
import org.intervene.model.Dtype;
import org.intervene.model.placement.Placement;
import org.intervene.optimise.Exactness;
import org.intervene.plan.Execution;
import org.intervene.read.Notation;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;

/** A tiny model on which whole specs are compiled and executed. */
final class Bench implements AutoCloseable {
  static final Path CONFORMANCE = Path.of("src/test/resources/conformance");
  private final LoadedModel model;

  /** One thread: on tensors this small a second one only waits for the first. */
  Bench(String fixture, Dtype dtype) {
    TorchRuntime.start().threads(1);
    this.model = LoadedModel.load(CONFORMANCE.resolve(fixture), dtype, Device.cpu());
  }

  /** Spread over devices, some of which may stand in for GPUs. */
  Bench(String fixture, Dtype dtype, Placement placement) {
    TorchRuntime.start().threads(1);
    Path directory = CONFORMANCE.resolve(fixture);
    this.model = LoadedModel.load(directory, dtype, placement, Products.PACKED);
  }

  LoadedModel model() {
    return model;
  }

  /** Compiles a spec in the DSL; its model clause is not looked at. */
  Compiled compile(String text) {
    Reading reading = SpecReader.read(SourceText.of("spec.ivn", text), Notation.IVN);
    Spec spec =
        reading.spec().orElseThrow(() -> new AssertionError(text + "\n" + reading.diagnostics()));
    return new SpecCompiler(
            model.decoder().architecture().facts(), Optional.empty(), Path.of("."), "spec.ivn")
        .compile(spec, Map.of());
  }

  Execution naive(Compiled compiled) {
    return execute(new NaiveExecutor(model.manager()), compiled);
  }

  /** Packs of at most so many bytes. */
  Execution packed(Compiled compiled, long packBytes) {
    return execute(
        new PackedExecutor(model.manager(), Exactness.WITHIN_TOLERANCE, packBytes), compiled);
  }

  /** By rules that keep every bit. */
  Execution strict(Compiled compiled, long packBytes) {
    return execute(new PackedExecutor(model.manager(), Exactness.BITWISE, packBytes), compiled);
  }

  private Execution execute(Executor executor, Compiled compiled) {
    return executor.execute(compiled.plan(), model.decoder(), Progress.NONE);
  }

  @Override
  public void close() {
    model.close();
  }
}
