package org.intervene.result;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code run.json}: when, where and how fast. */
final class RunJson {
  private RunJson() {}

  static ObjectNode of(RunInfo info) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    double seconds = info.wall().toNanos() / 1e9;
    node.put("started", info.started().toString());
    node.put("seconds", seconds);
    node.put("cells", info.cells());
    node.put("cells_per_second", seconds > 0 ? info.cells() / seconds : 0);
    node.put("peak_memory_bytes", info.peakMemory());
    node.put("command", info.command());
    node.put("spec", info.specPath());
    node.put("host", info.host());
    node.put("system", info.system());
    node.put("java", info.java());
    node.put("threads", info.threads());
    if (!info.placement().isEmpty()) {
      node.put("devices", info.placement());
    }
    return node;
  }
}
