package org.intervene.experiment;

import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.intervene.ast.Expr;
import org.intervene.compile.Compiled;
import org.intervene.data.DataDigest;
import org.intervene.digest.SpecDigest;
import org.intervene.engine.script.TorchRuntime;
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
      ModelDigests digests,
      ModelChoice choice,
      Devices devices,
      Options options) {
    Map<String, Expr> parameters = compiled.checked().symbols().parameters();
    return new Provenance(
        reading.source().text(),
        SpecDigest.of(compiled.spec()),
        files.resolved().shown(),
        digests(digests, compiled),
        choice.dtype().spelled(),
        devices.kind(),
        devices.shown().orElse(""),
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

  private static SortedMap<String, String> digests(ModelDigests model, Compiled compiled) {
    SortedMap<String, String> digests = model.byRole();
    compiled
        .checked()
        .symbols()
        .data()
        .forEach((name, rows) -> digests.put("data/" + name, DataDigest.of(rows)));
    return digests;
  }
}
