package org.intervene.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.intervene.metric.PlotData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class ReportTest {
  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  private static String picture(String html) {
    return html.substring(html.indexOf("<svg"), html.indexOf("</svg>") + 6);
  }

  @Test
  void needsNothingButItself() {
    String html = Report.of(SmallResult.result());
    assertFalse(html.contains("<script"));
    assertFalse(html.contains("http"));
    assertFalse(html.contains("url("));
    assertTrue(html.contains("<h1>small &lt;test&gt;</h1>"));
    assertTrue(html.contains("\u2717 failed"));
  }

  @Test
  void everyCellThatExistsIsDrawnWithItsToken() throws Exception {
    Document svg = parsed(picture(Report.of(SmallResult.result())));
    NodeList titles = svg.getElementsByTagName("title");
    assertEquals(6, titles.getLength());
    assertEquals("layer 0, pos 0 The: 0.4375", titles.item(0).getTextContent());
    assertEquals("layer 1, pos 1: NaN", titles.item(4).getTextContent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"line", "bar", "heatmap", "table"})
  void everyKindOfPlotIsWellFormed(String kind) throws Exception {
    Result result = SmallResult.result();
    PlotData drawn = result.plots().get(0);
    Map<String, String> channels =
        kind.equals("line") || kind.equals("bar")
            ? new java.util.LinkedHashMap<>(Map.of("x", "pos"))
            : drawn.channels();
    if (channels.size() == 1) {
      channels.put("series", "layer");
    }
    PlotData plot =
        new PlotData(kind, drawn.title(), drawn.runs(), channels, drawn.mean(), drawn.bounds());
    Result other =
        new Result(
            result.spec(),
            result.plan(),
            result.execution(),
            result.provenance(),
            result.labels(),
            result.tables(),
            result.summaries(),
            result.expectations(),
            List.of(plot),
            result.notes());
    String html = Report.of(other);
    String body = html.substring(html.indexOf("<figure>"), html.lastIndexOf("</figure>") + 9);
    parsed("<all>" + body + "</all>");
  }
}
