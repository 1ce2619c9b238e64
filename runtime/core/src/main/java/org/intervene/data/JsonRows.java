package org.intervene.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Diagnostic.Place;

/**
 * Rows of a JSONL file: one object a line, lines without anything left out. Strings are texts,
 * numbers are numbers, lists of whole numbers are token ids; there is nothing else.
 */
final class JsonRows {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int LONGEST_LINE = 1 << 24;

  private final DataFile file;
  private final Complaints complaints;
  private final List<Example> examples = new ArrayList<>();
  private int lineNumber;
  private String line = "";

  JsonRows(DataFile file, Complaints complaints) {
    this.file = file;
    this.complaints = complaints;
  }

  List<Example> read() {
    String text = file.text();
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      lineNumber++;
      if (end - start > LONGEST_LINE) {
        complaints.error(
            "data.line-too-long",
            file.place(lineNumber, 1),
            "this line has %,d characters".formatted(end - start),
            "a row has at most %,d: write one object a line".formatted(LONGEST_LINE));
      } else {
        line = text.substring(start, end);
        if (!line.isBlank()) {
          readLine();
        }
      }
      start = end + 1;
    }
    return examples;
  }

  private void readLine() {
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        complain(
            json.currentTokenLocation().getColumnNr(),
            "this line is not a JSON object",
            "a JSONL file has one object a line, such as {\"clean\": \"The Tower is in\"}, and no"
                + " list around them");
        return;
      }
      SameColumns.Cells cells = new SameColumns.Cells(complaints);
      boolean sound = true;
      while (sound && json.nextToken() == JsonToken.FIELD_NAME) {
        String column = json.currentName();
        Optional<Datum> datum = value(json, column);
        datum.ifPresent(value -> cells.put(column, value));
        sound = datum.isPresent();
      }
      if (sound && json.nextToken() != null) {
        complain(
            json.currentTokenLocation().getColumnNr(),
            "something stands behind the object of this line",
            "write one object a line");
      }
      examples.add(new Example(examples.size(), file.place(lineNumber, 1), cells.cells()));
    } catch (JsonProcessingException e) {
      complain(
          e.getLocation() == null ? 1 : e.getLocation().getColumnNr(),
          "this line is not JSON: " + e.getOriginalMessage().lines().findFirst().orElse("?"),
          "write one object a line, with texts in double quotes");
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be read", e);
    }
  }

  private Optional<Datum> value(JsonParser json, String column) throws IOException {
    JsonToken token = json.nextToken();
    int start = json.currentTokenLocation().getColumnNr();
    switch (token) {
      case VALUE_STRING:
        return Optional.of(new Datum.Text(json.getText(), at(start)));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT:
        return Optional.of(new Datum.Number(json.getDoubleValue(), at(start)));
      case START_ARRAY:
        return ids(json, column, start).map(ids -> new Datum.Tokens(ids, at(start)));
      default:
        complain(
            start,
            "`%s` is %s"
                .formatted(column, token == JsonToken.START_OBJECT ? "an object" : json.getText()),
            token == JsonToken.START_OBJECT
                ? "write its parts as columns: `%s.part`".formatted(column)
                : "write a text, a number or a list of token ids");
        return Optional.empty();
    }
  }

  private Optional<int[]> ids(JsonParser json, String column, int start) throws IOException {
    int[] ids = new int[16];
    int count = 0;
    while (json.nextToken() == JsonToken.VALUE_NUMBER_INT
        && json.getNumberType() == JsonParser.NumberType.INT) {
      if (count == ids.length) {
        ids = java.util.Arrays.copyOf(ids, 2 * count);
      }
      ids[count++] = json.getIntValue();
    }
    if (json.currentToken() != JsonToken.END_ARRAY) {
      complain(
          json.currentToken() == null ? start : json.currentTokenLocation().getColumnNr(),
          "the list in `%s` holds something that is no token id".formatted(column),
          "a list holds the whole numbers of an input's tokens");
      return Optional.empty();
    }
    return Optional.of(java.util.Arrays.copyOf(ids, count));
  }

  private void complain(int column, String message, String help) {
    complaints.error("data.json", at(column), message, help);
  }

  /** A place in this line; the parser counts UTF-16 units, a place counts characters. */
  private Place at(int column) {
    int units = Math.min(Math.max(column - 1, 0), line.length());
    return file.place(lineNumber, 1 + line.codePointCount(0, units));
  }
}
