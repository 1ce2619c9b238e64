package org.intervene.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.intervene.ast.Expr;
import org.intervene.compile.Compiled;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.engine.source.FileDigests;
import org.intervene.print.Printer;
import org.intervene.read.Reading;
import org.intervene.result.Provenance;
import org.intervene.result.Version;

/** Says what a result depended on: digests of all that was read, versions, parameters. */
final class Origins {
  private Origins() {}

  static Provenance of(
      Reading reading,
      Compiled compiled,
      ModelFiles files,
      ModelChoice choice,
      LoadedModel model,
      Options options) {
    Map<String, Expr> parameters = compiled.checked().symbols().parameters();
    return new Provenance(
        reading.source().text(),
        files.resolved().shown(),
        digests(files, model),
        choice.dtype().spelled(),
        model.manager().getDevice().isGpu() ? "cuda" : "cpu",
        files.tokenizer().map(t -> t.policy().shown()).orElse("none"),
        "PyTorch " + TorchRuntime.start().version(),
        Version.program(),
        written(parameters),
        written(options.parameters()));
  }

  private static Map<String, String> written(Map<String, Expr> values) {
    return values.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> Printer.line(e.getValue())));
  }

  private static SortedMap<String, String> digests(ModelFiles files, LoadedModel model) {
    SortedMap<String, String> digests = new TreeMap<>();
    Path directory = files.resolved().path();
    List<String> weights =
        model.checkpoint().files().stream().map(f -> f.getFileName().toString()).sorted().toList();
    try {
      digests.put("config", FileDigests.of(directory, List.of("config.json")));
      digests.put("weights", FileDigests.of(directory, weights));
    } catch (IOException e) {
      throw DiagnosticException.resource(
          Diagnostic.inFile(
              "model.unreadable",
              directory.toString(),
              "a file cannot be read any more: " + e.getMessage(),
              "do not change a model while it is run"));
    }
    files.tokenizer().ifPresent(t -> digests.put("tokenizer", t.digest()));
    return digests;
  }
}
