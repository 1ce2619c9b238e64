package org.intervene.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a flat table as Apache Parquet: no compression, PLAIN values, one data page of format 1
 * for each column of a row group (https://parquet.apache.org/docs/file-format/). That is little
 * enough to write without a library; every reader knows it.
 */
final class Parquet {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int ROWS_OF_A_GROUP = 1 << 17;
  private static final int PLAIN = 0;
  private static final int RLE = 3;

  private final Table table;
  private final OutputStream out;
  private final List<long[]> chunks = new ArrayList<>();
  private long offset;

  private Parquet(Table table, OutputStream out) {
    this.table = table;
    this.out = out;
  }

  static void write(Table table, OutputStream out) throws IOException {
    new Parquet(table, out).file();
  }

  private void file() throws IOException {
    put(MAGIC);
    for (int from = 0; from < table.rows(); from += ROWS_OF_A_GROUP) {
      for (Column column : table.columns()) {
        chunk(column, from, Math.min(table.rows(), from + ROWS_OF_A_GROUP));
      }
    }
    byte[] footer = ParquetFooter.of(table, chunks, ROWS_OF_A_GROUP);
    put(footer);
    put(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.length).array());
    put(MAGIC);
  }

  private void put(byte[] bytes) throws IOException {
    out.write(bytes);
    offset += bytes.length;
  }

  private void chunk(Column column, int from, int to) throws IOException {
    List<Object> cells = column.cells().subList(from, to);
    ByteBuffer page = page(column, cells);
    ThriftCompact header = new ThriftCompact();
    header.element();
    header.i32(1, 0); // a data page
    header.i32(2, page.remaining());
    header.i32(3, page.remaining());
    header.begin(5);
    header.i32(1, cells.size());
    header.i32(2, PLAIN);
    header.i32(3, RLE);
    header.i32(4, RLE);
    header.end();
    header.end();
    long start = offset;
    put(header.bytes());
    byte[] content = new byte[page.remaining()];
    page.get(content);
    put(content);
    chunks.add(new long[] {start, offset - start});
  }

  /** Which cells are there, if some are not; then those that are. */
  private static ByteBuffer page(Column column, List<Object> cells) {
    int bytes = 16 + cells.size();
    List<byte[]> texts = new ArrayList<>();
    for (Object cell : cells) {
      if (cell instanceof String text) {
        texts.add(text.getBytes(StandardCharsets.UTF_8));
        bytes = Math.addExact(bytes, 4 + texts.get(texts.size() - 1).length);
      } else {
        bytes = Math.addExact(bytes, Long.BYTES);
      }
    }
    ByteBuffer page = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (column.hasGaps()) {
      levels(page, cells);
    }
    int nextText = 0;
    for (Object cell : cells) {
      if (cell instanceof Double number) {
        page.putDouble(number);
      } else if (cell instanceof Long whole) {
        page.putLong(whole);
      } else if (cell != null) {
        byte[] text = texts.get(nextText++);
        page.putInt(text.length).put(text);
      }
    }
    return page.flip();
  }

  /** Definition levels of one bit, bit-packed in groups of eight. */
  private static void levels(ByteBuffer page, List<Object> cells) {
    int groups = (cells.size() + 7) / 8;
    int start = page.position();
    page.putInt(0);
    for (int head = groups << 1 | 1; ; head >>>= 7) {
      page.put((byte) (head > 0x7f ? head & 0x7f | 0x80 : head));
      if (head <= 0x7f) {
        break;
      }
    }
    byte[] bits = new byte[groups];
    for (int i = 0; i < cells.size(); i++) {
      bits[i / 8] |= (byte) (cells.get(i) == null ? 0 : 1 << i % 8);
    }
    page.put(bits);
    page.putInt(start, page.position() - start - 4);
  }
}
