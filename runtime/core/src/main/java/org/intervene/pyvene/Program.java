package org.intervene.pyvene;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The runs of a spec for examples that are treated alike.
 *
 * @param suffix of every name, which tells apart the runs of other examples; mostly empty
 * @param runs statements by the run's name
 * @param columns the data that each run reads
 * @param remarks for the reader of the spec
 */
record Program(
    String suffix,
    Map<String, List<String>> runs,
    Map<String, String> columns,
    List<String> remarks) {
  Program(String suffix) {
    this(suffix, new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
  }

  /** A run, made if it is not there; returns its name. */
  String run(String name, String column) {
    String full = name + suffix;
    runs.computeIfAbsent(full, n -> new ArrayList<>());
    columns.put(full, column);
    return full;
  }

  void add(String run, String statement) {
    runs.get(run).add(statement);
  }

  /** Its clauses in the language. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    remarks.forEach(remark -> lines.add("# " + remark));
    runs.forEach(
        (name, body) -> {
          String head = "run " + name + " on inputs" + suffix + "." + columns.get(name);
          if (body.isEmpty()) {
            lines.add(head);
          } else {
            lines.add(head + " {");
            body.forEach(statement -> lines.add("  " + statement));
            lines.add("}");
          }
        });
    return lines;
  }
}
