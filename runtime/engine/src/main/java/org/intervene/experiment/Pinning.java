package org.intervene.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.intervene.ast.Expr;
import org.intervene.ast.ModelClause;
import org.intervene.ast.Spec;
import org.intervene.ast.ValueClause;
import org.intervene.ast.Word;
import org.intervene.check.References;
import org.intervene.compile.Compiled;
import org.intervene.data.DataDigest;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.digest.Sha256;
import org.intervene.digest.SpecDigest;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.engine.source.FileDigests;
import org.intervene.lock.Pins;
import org.intervene.result.Version;

/** Finds out what the words of a spec stand for. */
final class Pinning {
  private Pinning() {}

  static Pins of(Compiled compiled, ModelFiles files, ModelDigests digests, Path folder) {
    Spec spec = compiled.spec();
    Map<String, Pins.DataPin> data = new TreeMap<>();
    compiled
        .checked()
        .symbols()
        .data()
        .forEach(
            (name, rows) ->
                data.put(
                    name,
                    new Pins.DataPin(
                        SpecDigest.ofDataClause(spec, name),
                        rows.examples().size(),
                        DataDigest.of(rows))));
    return new Pins(
        model(spec.model(), files, digests),
        data,
        files(spec, folder),
        new Pins.EnginePin(Version.program(), "PyTorch " + TorchRuntime.start().version()));
  }

  private static Pins.ModelPin model(ModelClause clause, ModelFiles files, ModelDigests digests) {
    Map<String, String> asked = new TreeMap<>();
    asked.put("dtype", text(clause.dtype(), "float32"));
    asked.put("device", text(clause.device(), "auto"));
    asked.put("bos", text(clause.bos(), "auto"));
    ModelChoice choice = ModelChoice.of(clause, Options.defaults());
    return new Pins.ModelPin(
        clause.source().text(),
        asked,
        files.resolved().commit(),
        choice.dtype().spelled(),
        choice.kindOnMachine(),
        files.tokenizer().map(t -> t.policy().shown()).orElse("none"),
        digests.files());
  }

  private static String text(Optional<Word> word, String otherwise) {
    return word.map(Word::text).orElse(otherwise);
  }

  /** Files that values are read from: {@code vector v = file "steer.safetensors#direction"}. */
  private static Map<String, String> files(Spec spec, Path folder) {
    Map<String, String> files = new TreeMap<>();
    for (ValueClause value : spec.values()) {
      References.walk(
          value.value(),
          expr -> {
            if (expr instanceof Expr.FileTensor tensor) {
              String path = tensor.path().text().replaceFirst("#[^#]*$", "");
              files.computeIfAbsent(path, name -> digest(folder.resolve(name)));
            }
          });
    }
    return files;
  }

  private static String digest(Path file) {
    try {
      return Sha256.PREFIX + FileDigests.hex(file);
    } catch (IOException e) {
      throw DiagnosticException.resource(
          Diagnostic.inFile(
              "vector.file",
              file.toString(),
              "the file cannot be read any more: " + e.getMessage(),
              "do not change a file while it is used"));
    }
  }
}
