package org.intervene.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.SourceText;
import org.intervene.diagnostic.Span;
import org.intervene.golden.Comparison;
import org.intervene.golden.Golden;
import org.intervene.golden.Made;
import org.intervene.golden.Moved;
import org.intervene.metric.Expectation;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What people, CI systems and GitHub are told about specs that were run again. */
class ReplayedTest {
  private static final Made MADE = new Made("0.1.0", "PyTorch 2.7.1", "P 1", 2, "float32", "cpu");
  private static final Made HERE = new Made("0.1.0", "PyTorch 2.7.1", "P 2", 1, "float64", "cpu");

  private static Replayed replayed(
      Optional<DiagnosticException.Kind> stopped,
      List<Diagnostic> errors,
      List<Expectation> failed,
      Comparison comparison) {
    return new Replayed(
        Path.of("specs", "a,b:c.ivn"),
        7,
        SourceText.of("specs/a,b:c.ivn", ""),
        Duration.ofMillis(1250),
        stopped,
        errors,
        failed,
        Optional.of(new Golden("w", HERE, false, List.of())),
        Optional.of(MADE),
        Optional.of(comparison));
  }

  private static Replayed good() {
    Comparison same = new Comparison(24, 0, Optional.empty(), List.of(), Optional.empty());
    return replayed(Optional.empty(), List.of(), List.of(), same);
  }

  private static Replayed moved() {
    Moved one = new Moved("r.m at x=\u0001<&\"", "1", "2", 1, 10);
    Moved two = new Moved("r.m at x=2", "1", "4", 3, 30);
    Comparison comparison =
        new Comparison(24, 0, Optional.of("r.m"), List.of(one, two), Optional.empty());
    return replayed(Optional.empty(), List.of(), List.of(), comparison);
  }

  private static Replayed stopped() {
    Diagnostic wrong =
        Diagnostic.inFile("lock.model", "a.lock.json", "it is\nanother", "restore it");
    Comparison same = new Comparison(0, 0, Optional.empty(), List.of(), Optional.empty());
    return replayed(
        Optional.of(DiagnosticException.Kind.RESOURCE), List.of(wrong), List.of(), same);
  }

  @Test
  void theSummaryIsOneLineAndTheWorstComesFirst() {
    assertEquals("24 values, all as they were", good().summary());
    assertTrue(good().passed());
    assertEquals(
        "2 of 24 values moved, first in r.m, worst r.m at x=2: 1 -> 4"
            + " (moved by 3.00, 30.0 x the tolerance)",
        moved().summary());
    assertFalse(moved().passed());
    Expectation failed = new Expectation(Span.NONE, "max(r.m) > 1", false, "0.5");
    Replayed unexpected =
        replayed(Optional.empty(), List.of(), List.of(failed), good().comparison().orElseThrow());
    assertFalse(unexpected.passed());
    assertEquals("24 values, all as they were; 1 of its expectations failed", unexpected.summary());
    assertTrue(unexpected.details().contains("expected max(r.m) > 1, seen 0.5"));
  }

  @Test
  void itSaysWithWhatTheGoldenResultWasMade() {
    assertEquals(
        "golden made with PyTorch 2.7.1, P 1, 2 threads, float32 on cpu, intervene 0.1.0;"
            + " here PyTorch 2.7.1, P 2, 1 thread, float64 on cpu, intervene 0.1.0",
        good().elsewhere().orElseThrow());
  }

  @Test
  void theReportIsXmlWithACaseForEachSpec() throws Exception {
    String xml = JunitXml.of(List.of(good(), moved(), stopped()));
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertEquals("testsuite", root.getTagName());
    assertEquals("3", root.getAttribute("tests"));
    assertEquals("1", root.getAttribute("failures"));
    assertEquals("1", root.getAttribute("errors"));
    assertEquals("3.750", root.getAttribute("time"));
    NodeList cases = root.getElementsByTagName("testcase");
    assertEquals("a,b:c.ivn", ((Element) cases.item(0)).getAttribute("name"));
    assertEquals("specs", ((Element) cases.item(0)).getAttribute("classname"));
    assertEquals(0, ((Element) cases.item(0)).getElementsByTagName("*").getLength());
    String failure =
        ((Element) cases.item(1)).getElementsByTagName("failure").item(0).getTextContent();
    assertTrue(failure.contains("r.m at x=\ufffd<&\": 1 -> 2"), failure);
    assertTrue(failure.contains("golden made with"), failure);
    Element error = (Element) ((Element) cases.item(2)).getElementsByTagName("error").item(0);
    assertEquals(
        "error[lock.model] it is\nanother",
        error.getTextContent().lines().limit(2).reduce((a, b) -> a + "\n" + b).orElseThrow());
  }

  @Test
  void annotationsAreOneLineThatNothingBreaksOutOf() {
    String line = Annotations.of(moved());
    assertTrue(line.startsWith("::error file=specs/a%2Cb%3Ac.ivn,line=7,title=intervene replay::"));
    assertEquals(1, line.lines().count());
    assertTrue(line.contains("%0Ar.m at x="), line);
    assertFalse(Annotations.of(stopped()).contains("\n"));
  }
}
