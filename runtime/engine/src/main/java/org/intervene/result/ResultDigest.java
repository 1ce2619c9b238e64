package org.intervene.result;

import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.intervene.digest.CanonicalJson;
import org.intervene.digest.Sha256;
import org.intervene.metric.ArrayAxis;
import org.intervene.metric.LabelledArray;
import org.intervene.metric.MetricTables;
import org.intervene.model.safetensors.SafetensorsWriter;

/**
 * The digest of a result's numbers: of every metric in every cell and of what {@code collect}
 * saved. Everything else in a result follows from these, or says where they come from.
 */
public final class ResultDigest {
  private final TreeSet<String> lines = new TreeSet<>();

  private ResultDigest() {}

  /** The digest, whatever the order of runs, metrics and axes. */
  public static String of(Result result) {
    ResultDigest digest = new ResultDigest();
    result.tables().forEach(digest::table);
    CollectedTensors.of(result.plan(), result.execution()).tensors().forEach(digest::tensor);
    StringBuilder text = new StringBuilder();
    digest.lines.forEach(line -> text.append(line).append('\n'));
    return Sha256.of(text.toString());
  }

  private void table(MetricTables.Table table) {
    LabelledArray values = table.values();
    for (int i = 0; i < values.size(); i++) {
      if (values.isPresent(i)) {
        cell(table, values.indices(i), Numerals.of(values.at(i)));
      }
    }
  }

  private void cell(MetricTables.Table table, int[] indices, String value) {
    Map<String, Object> place = new TreeMap<>();
    for (int a = 0; a < indices.length; a++) {
      ArrayAxis axis = table.values().axes().get(a);
      place.put(axis.name(), axis.labels().get(indices[a]));
    }
    lines.add(CanonicalJson.text(List.of("cell", table.run(), table.metric(), place, value)));
  }

  private void tensor(SafetensorsWriter.Tensor tensor) {
    MessageDigest bytes = Sha256.fresh();
    tensor.parts().forEach(bytes::update);
    lines.add(
        CanonicalJson.text(
            List.of(
                "tensor",
                tensor.name(),
                tensor.dtype(),
                tensor.shape(),
                Sha256.shown(bytes.digest()))));
  }
}
