package org.intervene.export;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.List;
import java.util.stream.Collectors;

/** Tables as RFC 4180 writes them; numbers in the shortest form that reads back as the same. */
final class Csv {
  private Csv() {}

  static String of(Table table) {
    StringBuilder text = new StringBuilder();
    List<Column> columns = table.columns();
    text.append(columns.stream().map(c -> quoted(c.name())).collect(Collectors.joining(",")));
    text.append('\n');
    for (int r = 0; r < table.rows(); r++) {
      for (int c = 0; c < columns.size(); c++) {
        text.append(c == 0 ? "" : ",").append(field(columns.get(c).cells().get(r)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String field(Object cell) {
    if (cell instanceof Double number) {
      return NumberOutput.toString(number, true);
    }
    return cell == null ? "" : quoted(cell.toString());
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
