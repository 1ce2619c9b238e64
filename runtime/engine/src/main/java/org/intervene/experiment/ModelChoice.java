package org.intervene.experiment;

import ai.djl.Device;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.intervene.ast.ModelClause;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Span;
import org.intervene.diagnostic.Suggestions;
import org.intervene.engine.script.Gpus;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.engine.tokenizer.Bos;
import org.intervene.model.Dtype;

/**
 * What a model clause and the options say about how the model is run.
 *
 * @param device as written
 */
record ModelChoice(Dtype dtype, String device, Bos bos) {
  private static final List<String> DEVICES = List.of("auto", "cpu", "cuda");

  static ModelChoice of(ModelClause clause, Options options) {
    return new ModelChoice(
        dtype(clause.dtype(), options.dtype()),
        device(clause.device(), options.device()),
        bos(clause.bos()));
  }

  private static Dtype dtype(Optional<Word> written, Optional<String> option) {
    String name = option.or(() -> written.map(Word::text)).orElse("float32");
    return Dtype.named(name)
        .orElseThrow(
            () ->
                wrong(
                    "model.dtype",
                    option.isPresent() ? Optional.empty() : written,
                    "there is no dtype `" + name + "`",
                    name,
                    Arrays.stream(Dtype.values()).map(Dtype::spelled).toList()));
  }

  private static String device(Optional<Word> written, Optional<String> option) {
    String name = option.or(() -> written.map(Word::text)).orElse("auto");
    if (DEVICES.contains(name) || name.matches("cuda:\\d{1,3}")) {
      return name;
    }
    throw wrong(
        "model.device",
        option.isPresent() ? Optional.empty() : written,
        "there is no device `" + name + "`",
        name,
        List.of("auto", "cpu", "cuda", "cuda:0"));
  }

  private static Bos bos(Optional<Word> written) {
    String name = written.map(Word::text).orElse("auto");
    return Bos.named(name)
        .orElseThrow(
            () ->
                wrong(
                    "model.bos",
                    written,
                    "`bos` cannot be `" + name + "`",
                    name,
                    List.of("auto", "always", "never")));
  }

  private static DiagnosticException wrong(
      String id, Optional<Word> place, String message, String name, List<String> known) {
    String help =
        Suggestions.nearest(name, known)
            .map(n -> "did you mean `" + n + "`?")
            .orElse("it can be `" + String.join("`, `", known) + "`");
    return DiagnosticException.spec(
        Diagnostic.error(id, place.map(Word::span).orElse(Span.NONE), message, help));
  }

  /** {@code cpu} or {@code cuda}: what is meant on this machine. */
  String kindOnMachine() {
    boolean gpu = device.equals("auto") ? TorchRuntime.start().gpus() > 0 : !device.equals("cpu");
    return gpu ? "cuda" : "cpu";
  }

  /** Whether the devices are to be found by what they have free. */
  boolean isAutomatic() {
    return device.equals("auto");
  }

  /** The device that is asked for by name: {@code cpu} or {@code cuda:N}. */
  String named() {
    return device.equals("cuda") ? "cuda:0" : device;
  }

  /**
   * The memory that the run's tensors will be in. A plan for a GPU that is not there is one for the
   * machine.
   */
  DeviceMemory memory() {
    boolean gpu = !device.equals("cpu") && Gpus.mayExist() && TorchRuntime.start().gpus() > 0;
    return gpu ? DeviceMemory.ofGpu(onMachine()) : DeviceMemory.MACHINE;
  }

  /**
   * The device itself; the first one where the choice is free.
   *
   * @throws DiagnosticException if the machine does not have it
   */
  Device onMachine() {
    int gpus = TorchRuntime.start().gpus();
    if (device.equals("cpu") || (isAutomatic() && gpus == 0)) {
      return Device.cpu();
    }
    int number = device.startsWith("cuda:") ? Integer.parseInt(device.substring(5)) : 0;
    if (number < gpus) {
      return Device.gpu(number);
    }
    throw DiagnosticException.resource(
        Diagnostic.error(
            "device.missing",
            Span.NONE,
            "there is no `" + device + "`: the engine sees " + gpus + " GPUs",
            "use `--device cpu`, or `auto`, which takes a GPU where there is one"));
  }
}
