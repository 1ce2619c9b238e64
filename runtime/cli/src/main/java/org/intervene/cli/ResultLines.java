package org.intervene.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.intervene.metric.Expectation;
import org.intervene.metric.Summary;
import org.intervene.result.Result;

/** A result as lines for programs. */
final class ResultLines {
  private ResultLines() {}

  /** One line. */
  record Line(String event, ObjectNode content) {}

  static List<Line> of(Result result) {
    List<Line> lines = new ArrayList<>();
    for (Summary s : result.summaries()) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("run", s.run()).put("metric", s.metric());
      node.set("mean", number(s.overall().at(0)));
      node.set("low", number(s.overallBounds().at(0)));
      node.set("high", number(s.overallBounds().at(1)));
      lines.add(new Line("metric", node));
    }
    for (Expectation e : result.expectations()) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("expected", e.text()).put("passed", e.passed()).put("seen", e.seen());
      lines.add(new Line("expectation", node));
    }
    return lines;
  }

  /** JSON has no NaN: an undefined number is null. */
  private static JsonNode number(double x) {
    return Double.isFinite(x)
        ? JsonNodeFactory.instance.numberNode(x)
        : JsonNodeFactory.instance.nullNode();
  }
}
