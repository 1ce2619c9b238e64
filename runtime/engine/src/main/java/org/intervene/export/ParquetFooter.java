package org.intervene.export;

import java.util.List;
import org.intervene.result.Version;

/** The metadata at the end of a Parquet file: {@code FileMetaData} of parquet.thrift. */
final class ParquetFooter {
  private static final int INT64 = 2;
  private static final int DOUBLE = 5;
  private static final int BYTE_ARRAY = 6;
  private static final int UTF8 = 0;
  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final int UNCOMPRESSED = 0;

  private final Table table;
  private final List<long[]> chunks;
  private final int rowsOfAGroup;
  private final ThriftCompact out = new ThriftCompact();

  private ParquetFooter(Table table, List<long[]> chunks, int rowsOfAGroup) {
    this.table = table;
    this.chunks = chunks;
    this.rowsOfAGroup = rowsOfAGroup;
  }

  /**
   * The footer's bytes.
   *
   * @param chunks start and length of each column of each row group
   */
  static byte[] of(Table table, List<long[]> chunks, int rowsOfAGroup) {
    return new ParquetFooter(table, chunks, rowsOfAGroup).bytes();
  }

  private byte[] bytes() {
    int columns = table.columns().size();
    int groups = chunks.size() / columns;
    out.element();
    out.i32(1, 1); // the format's version
    out.structs(2, columns + 1);
    out.element();
    out.text(4, "table");
    out.i32(5, columns);
    out.end();
    table.columns().forEach(this::schema);
    out.i64(3, table.rows());
    out.structs(4, groups);
    for (int g = 0; g < groups; g++) {
      group(g, columns);
    }
    out.text(6, "intervene version " + Version.program());
    out.end();
    return out.bytes();
  }

  private void schema(Column column) {
    out.element();
    out.i32(1, type(column));
    out.i32(3, column.hasGaps() ? 1 : 0); // optional or required
    out.text(4, column.name());
    if (column.kind() == Column.Kind.TEXT) {
      out.i32(6, UTF8);
      out.begin(10);
      out.begin(1); // the logical type STRING
      out.end();
      out.end();
    }
    out.end();
  }

  private void group(int group, int columns) {
    int rows = Math.min(rowsOfAGroup, table.rows() - group * rowsOfAGroup);
    long total = 0;
    out.element();
    out.structs(1, columns);
    for (int c = 0; c < columns; c++) {
      long[] chunk = chunks.get(group * columns + c);
      total += chunk[1];
      out.element();
      out.i64(2, chunk[0]);
      out.begin(3);
      Column column = table.columns().get(c);
      out.i32(1, type(column));
      out.i32s(2, PLAIN, RLE);
      out.texts(3, column.name());
      out.i32(4, UNCOMPRESSED);
      out.i64(5, rows);
      out.i64(6, chunk[1]);
      out.i64(7, chunk[1]);
      out.i64(9, chunk[0]);
      out.end();
      out.end();
    }
    out.i64(2, total);
    out.i64(3, rows);
    out.end();
  }

  private static int type(Column column) {
    return switch (column.kind()) {
      case TEXT -> BYTE_ARRAY;
      case WHOLE -> INT64;
      case NUMBER -> DOUBLE;
    };
  }
}
