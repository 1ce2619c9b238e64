package org.intervene.experiment;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.model.Dtype;

/** Loads a model in a process of its own, and prints what memory that took. */
public final class LoadingProbe {
  private LoadingProbe() {}

  /**
   * Prints {@code PEAK ANONYMOUS}: bytes by which loading raised the most resident memory, pages of
   * mapped files included, and bytes of it that are no file's pages when the model is there.
   *
   * @param arguments directory, dtype
   */
  public static void main(String[] arguments) throws IOException {
    TorchRuntime.start().threads(1);
    warmUp(arguments);
    long before = kilobytes("VmRSS");
    long anonymousBefore = kilobytes("RssAnon");
    Dtype dtype = Dtype.named(arguments[1]).orElseThrow();
    try (LoadedModel model = LoadedModel.load(Path.of(arguments[0]), dtype, Device.cpu())) {
      long peak = kilobytes("VmHWM") - before;
      long anonymous = kilobytes("RssAnon") - anonymousBefore;
      System.out.println(1024 * peak + " " + 1024 * anonymous + " " + model.decoder().layers());
    }
  }

  /** Scripts compile and classes load before anything is measured. */
  private static void warmUp(String[] arguments) {
    LoadedModel.load(Path.of(arguments[2]), Dtype.FLOAT32, Device.cpu()).close();
  }

  private static long kilobytes(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }
}
