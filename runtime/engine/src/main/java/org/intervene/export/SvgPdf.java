package org.intervene.export;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.util.Scanner;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.util.Matrix;

/**
 * Draws our own pictures, and no other SVG, as PDF: rectangles, circles, straight paths and text of
 * one font, which is put into the file. One pixel is three quarters of a point.
 */
final class SvgPdf implements AutoCloseable {
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final float POINTS = 0.75f;
  private static final float SIZE = 12;
  private static final float SMALL = 10;
  private static final float KAPPA = 0.5523f; // of a circle made of four Bezier curves

  private final PDDocument document = new PDDocument();
  private final XMLStreamReader svg;
  private final PDType0Font font;
  private PDPageContentStream page;
  private float height;

  private SvgPdf(XMLStreamReader svg) throws IOException {
    this.svg = svg;
    this.font = PDType0Font.load(document, PDDocument.class.getResourceAsStream(FONT), true);
  }

  /** Writes a picture as a document of one page. */
  static void write(String picture, OutputStream out) throws IOException {
    try {
      XMLStreamReader svg =
          XMLInputFactory.newDefaultFactory().createXMLStreamReader(new StringReader(picture));
      try (SvgPdf drawing = new SvgPdf(svg)) {
        drawing.draw();
        drawing.document.setDocumentId(0L); // else it depends on the time
        drawing.document.save(out);
      }
    } catch (XMLStreamException e) {
      throw new IOException("not a picture", e);
    }
  }

  @Override
  public void close() throws IOException {
    document.close();
  }

  private void draw() throws IOException, XMLStreamException {
    while (svg.hasNext()) {
      if (svg.next() == XMLStreamReader.START_ELEMENT) {
        switch (svg.getLocalName()) {
          case "svg" -> begin();
          case "rect" -> rectangle();
          case "circle" -> circle();
          case "path" -> path();
          case "text" -> text();
          default -> {
            // a title, which paper does not show
          }
        }
      }
    }
    page.close();
  }

  private void begin() throws IOException {
    height = number("height");
    PDPage sheet = new PDPage(new PDRectangle(POINTS * number("width"), POINTS * height));
    document.addPage(sheet);
    page = new PDPageContentStream(document, sheet);
    page.transform(Matrix.getScaleInstance(POINTS, POINTS));
  }

  private float number(String attribute) {
    return Float.parseFloat(svg.getAttributeValue(null, attribute));
  }

  private String word(String attribute) {
    String value = svg.getAttributeValue(null, attribute);
    return value == null ? "" : value;
  }

  private void fill(String colour) throws IOException {
    page.setNonStrokingColor(Color.decode(colour));
  }

  private void rectangle() throws IOException {
    fill(word("fill"));
    float depth = number("height");
    page.addRect(number("x"), height - number("y") - depth, number("width"), depth);
    page.fill();
  }

  private void circle() throws IOException {
    fill(word("fill"));
    float x = number("cx");
    float y = height - number("cy");
    float r = number("r");
    float k = KAPPA * r;
    page.moveTo(x + r, y);
    page.curveTo(x + r, y + k, x + k, y + r, x, y + r);
    page.curveTo(x - k, y + r, x - r, y + k, x - r, y);
    page.curveTo(x - r, y - k, x - k, y - r, x, y - r);
    page.curveTo(x + k, y - r, x + r, y - k, x + r, y);
    page.fill();
  }

  private void path() throws IOException {
    page.saveGraphicsState();
    try (Scanner commands = new Scanner(word("d").replaceAll("[MLZ]", " $0 "))) {
      while (commands.hasNext()) {
        String command = commands.next();
        if (command.equals("Z")) {
          page.closePath();
          continue;
        }
        float x = Float.parseFloat(commands.next());
        float y = height - Float.parseFloat(commands.next());
        if (command.equals("M")) {
          page.moveTo(x, y);
        } else {
          page.lineTo(x, y);
        }
      }
    }
    if (word("class").equals("band")) {
      PDExtendedGraphicsState sheer = new PDExtendedGraphicsState();
      sheer.setNonStrokingAlphaConstant(0.2f);
      page.setGraphicsStateParameters(sheer);
      fill(word("fill"));
      page.fill();
    } else {
      String stroke = word("class").equals("grid") ? "#d9dae0" : word("stroke");
      page.setStrokingColor(Color.decode(stroke.isEmpty() ? "#000000" : stroke));
      page.setLineWidth(word("stroke-width").isEmpty() ? 1 : number("stroke-width"));
      page.stroke();
    }
    page.restoreGraphicsState();
  }

  private void text() throws IOException, XMLStreamException {
    float size = word("class").equals("in") ? SMALL : SIZE;
    String colour = word("class").equals("axis") ? "#404040" : "#000000";
    fill(word("style").endsWith("#fff") ? "#ffffff" : colour);
    float x = number("x");
    float y = height - number("y");
    boolean upright = word("transform").startsWith("rotate(-90");
    String anchor = word("text-anchor");
    String line = drawable(svg.getElementText());
    float width = font.getStringWidth(line) / 1000 * size;
    float back = anchor.equals("end") ? width : anchor.equals("middle") ? width / 2 : 0;
    page.beginText();
    page.setFont(font, size);
    page.setTextMatrix(
        upright
            ? Matrix.getRotateInstance(Math.PI / 2, x, y - back)
            : Matrix.getTranslateInstance(x - back, y));
    page.showText(line);
    page.endText();
  }

  /** What the font has no sign for is a question mark, a space that is shown an underscore. */
  private String drawable(String text) {
    StringBuilder drawn = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              String sign = c == '\u2423' ? "_" : Character.toString(c);
              drawn.append(isDrawable(sign) ? sign : "?");
            });
    return drawn.toString();
  }

  private boolean isDrawable(String sign) {
    try {
      font.encode(sign);
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false; // PDFBox says so by throwing
    }
  }
}
