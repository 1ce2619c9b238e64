package org.intervene.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A result as numpy arrays: {@code metrics/RUN/METRIC/mean}, {@code .../low} and {@code .../high}
 * along the metric's axes, {@code metrics/RUN/METRIC/value} along the axes and then the examples,
 * {@code axes/RUN/AXIS} with the entries of each axis, {@code tensors/RUN/NAME} with what was
 * collected, and in {@code tensors.axes} the axes of those, as JSON. What does not exist is NaN.
 */
public final class NpzExport {
  private final StoredResult result;
  private final Wanted wanted;

  public NpzExport(StoredResult result, Wanted wanted) {
    this.result = result;
    this.wanted = wanted;
  }

  /** Writes the whole file; the stream stays open. */
  public void write(OutputStream out) throws IOException {
    List<StoredMetric> metrics = result.metrics(wanted);
    try (Npz npz = new Npz(out)) {
      for (StoredRun run : result.runs()) {
        if (wanted.runs().isEmpty() || wanted.runs().contains(run.name())) {
          axes(npz, run);
        }
      }
      for (StoredMetric m : metrics) {
        String name = "metrics/" + m.run() + "/" + m.name();
        long[] shape = m.axes().stream().mapToLong(StoredAxis::size).toArray();
        npz.add(name + "/mean", o -> Npy.doubles(o, m.mean(), shape));
        npz.add(name + "/low", o -> Npy.doubles(o, m.low(), shape));
        npz.add(name + "/high", o -> Npy.doubles(o, m.high(), shape));
      }
      values(npz);
      Path tensors = result.directory().resolve("tensors.safetensors");
      if (Files.exists(tensors)) {
        new TensorArrays(tensors, wanted).write(npz);
      }
    }
  }

  private static void axes(Npz npz, StoredRun run) throws IOException {
    for (StoredAxis axis : run.axes()) {
      npz.add(
          "axes/" + run.name() + "/" + axis.name(),
          out -> {
            if (axis.values().isEmpty()) {
              Npy.texts(out, axis.labels(), axis.size());
            } else if (axis.isWhole()) {
              Npy.longs(out, axis.values().stream().mapToLong(Double::longValue).toArray());
            } else {
              double[] values = axis.values().stream().mapToDouble(v -> v).toArray();
              Npy.doubles(out, values, axis.size());
            }
          });
    }
  }

  /** Per-example values, each metric of each run as one grid. */
  private void values(Npz npz) throws IOException {
    Table table = Examples.of(result, wanted);
    Map<List<Object>, List<Integer>> rows = new LinkedHashMap<>();
    int metric = table.columns().size() - 2;
    for (int r = 0; r < table.rows(); r++) {
      List<Object> key = List.of(cell(table, 0, r), cell(table, metric, r));
      rows.computeIfAbsent(key, k -> new ArrayList<>()).add(r);
    }
    for (Map.Entry<List<Object>, List<Integer>> grid : rows.entrySet()) {
      String name = "metrics/" + grid.getKey().get(0) + "/" + grid.getKey().get(1) + "/value";
      grid(npz, name, table, grid.getValue());
    }
  }

  private void grid(Npz npz, String name, Table table, List<Integer> rows) throws IOException {
    String run = (String) cell(table, 0, rows.get(0));
    List<Integer> columns = new ArrayList<>();
    List<List<Object>> entries = new ArrayList<>();
    for (int c = 1; c < table.columns().size() - 2; c++) {
      if (cell(table, c, rows.get(0)) != null) {
        columns.add(c);
        entries.add(entries(run, table, c, rows));
      }
    }
    long[] shape = entries.stream().mapToLong(List::size).toArray();
    double[] values = new double[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    Arrays.fill(values, Double.NaN);
    for (int row : rows) {
      int place = 0;
      for (int a = 0; a < columns.size(); a++) {
        int index = entries.get(a).indexOf(cell(table, columns.get(a), row));
        place = place * entries.get(a).size() + index;
      }
      values[place] = (Double) cell(table, table.columns().size() - 1, row);
    }
    npz.add(name, out -> Npy.doubles(out, values, shape));
  }

  /** All entries of a sweep axis, those without a value too; of others, what occurs. */
  private List<Object> entries(String run, Table table, int column, List<Integer> rows) {
    String name = table.columns().get(column).name();
    Optional<StoredRun> stored =
        result.runs().stream().filter(r -> r.name().equals(run)).findFirst();
    Optional<StoredAxis> axis = stored.flatMap(r -> r.axis(name));
    List<Object> all = new ArrayList<>();
    if (axis.isPresent()) {
      boolean texts = table.columns().get(column).kind() == Column.Kind.TEXT;
      for (int i = 0; i < axis.get().size(); i++) {
        Object entry = axis.get().entry(i);
        all.add(texts ? entry.toString() : entry);
      }
      return all;
    }
    if (name.equals("example") && stored.isPresent()) {
      for (long i = 0; i < stored.get().examples(); i++) {
        all.add(i);
      }
      return all;
    }
    return rows.stream().map(row -> cell(table, column, row)).distinct().toList();
  }

  private static Object cell(Table table, int column, int row) {
    return table.columns().get(column).cells().get(row);
  }
}
