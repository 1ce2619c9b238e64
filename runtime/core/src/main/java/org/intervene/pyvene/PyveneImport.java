package org.intervene.pyvene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.intervene.ast.Spec;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.SourceText;
import org.intervene.model.ModelFacts;
import org.intervene.model.safetensors.SafetensorsWriter;
import org.intervene.model.safetensors.SafetensorsWriter.Tensor;
import org.intervene.print.Printer;
import org.intervene.read.Notation;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;

/**
 * A spec made of what {@code IntervenableModel.save} wrote.
 *
 * @param text the spec in the language's own notation
 * @param tensors that the spec reads from the file of weights beside it; may be empty
 * @param open whether inputs and places are still to be filled in
 */
public record PyveneImport(String text, List<Tensor> tensors, boolean open) {

  /**
   * What to import.
   *
   * @param directory that pyvene saved
   * @param call arguments of the call, as JSON; pyvene does not save them
   * @param model as the spec should name it
   * @param facts about that model
   * @param weights how the spec should name the file of its vectors and subspaces
   */
  public record Request(
      Path directory, Optional<Path> call, String model, ModelFacts facts, String weights) {}

  /**
   * Reads a directory and writes a spec with the same meaning.
   *
   * @throws DiagnosticException with everything that has no equivalent or is broken
   */
  public static PyveneImport of(Request request) {
    Problems problems = new Problems();
    Optional<SavedConfig> saved = SavedConfig.read(request.directory(), problems);
    Optional<Groups> keys = saved.flatMap(c -> Groups.of(c, problems));
    saved.ifPresent(c -> SameModel.check(c, request.facts(), problems));
    if (keys.isEmpty() || !Components.knows(request.facts().family())) {
      problems.stopIfAny();
    }
    SavedConfig config = saved.orElseThrow();
    Groups groups = keys.orElseThrow();
    // a call that cannot be read does not hide what is wrong with the rest
    Call call =
        request
            .call()
            .flatMap(file -> new CallReader(config, groups, request.facts(), problems).read(file))
            .orElseGet(() -> open(config, groups));
    SavedTensors tensors = new SavedTensors();
    Weights weights = new Weights(request.directory(), config, problems);
    Translation translation =
        new Translation(
            config,
            groups,
            call,
            new Targets(request.facts(), call, problems),
            new Statements(request.facts(), call, weights, tensors, problems),
            problems);
    Map<Program, List<Integer>> programs = translation.programs();
    problems.stopIfAny();
    String text = text(request, call, tensors, programs);
    return new PyveneImport(text, tensors.all(), request.call().isEmpty());
  }

  /** The spec in a notation. */
  public String in(Notation notation) {
    Reading reading = SpecReader.read(SourceText.of("imported.ivn", text), Notation.IVN);
    Spec spec = reading.spec().orElseThrow(() -> new IllegalStateException(text));
    return notation == Notation.IVN
        ? Printer.dsl(spec, reading.comments())
        : Printer.yaml(spec, reading.comments());
  }

  /**
   * Writes the spec, and its tensors beside it if there are any.
   *
   * @throws DiagnosticException if one of the files exists or cannot be written
   */
  public void write(Path spec, Notation notation, Path weights) {
    List<Path> files = tensors.isEmpty() ? List.of(spec) : List.of(weights, spec);
    for (Path file : files) {
      if (Files.exists(file)) {
        throw DiagnosticException.spec(
            Diagnostic.inFile(
                "file.exists", file.toString(), "there is a file already", "choose another name"));
      }
    }
    try {
      if (!tensors.isEmpty()) {
        SafetensorsWriter.write(weights, tensors, Map.of("source", "pyvene"));
      }
      Files.writeString(spec, in(notation));
    } catch (IOException e) {
      throw DiagnosticException.resource(
          Diagnostic.inFile(
              "file.write-failed",
              spec.toString(),
              "the spec cannot be written: " + e.getMessage(),
              "choose a folder that exists and can be written"));
    }
  }

  private static Call open(SavedConfig config, Groups groups) {
    TreeSet<Integer> needed = new TreeSet<>();
    for (Representation r : config.representations()) {
      if (config.serial() || Statements.readsSource(r)) {
        needed.add(groups.keys().get(r.index()));
      }
    }
    return new OpenCall(groups.count(), needed);
  }

  private static String text(
      Request request, Call call, SavedTensors tensors, Map<Program, List<Integer>> programs) {
    List<String> lines = new ArrayList<>();
    String name = String.valueOf(request.directory().toAbsolutePath().normalize().getFileName());
    lines.add("experiment " + Quoted.text(name));
    lines.add("about " + Quoted.text("Imported from what pyvene saved in " + name));
    lines.add("model " + Quoted.text(request.model()));
    lines.addAll(call.parameters());
    lines.addAll(tensors.declarations(request.weights()));
    programs.forEach(
        (program, examples) -> {
          lines.add("data inputs" + program.suffix() + " rows");
          lines.addAll(call.rows(examples));
        });
    programs.keySet().forEach(program -> lines.addAll(program.lines()));
    return String.join("\n", lines) + "\n";
  }
}
