package org.intervene.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes structures in Thrift's compact protocol, as much of it as Parquet's metadata needs. Fields
 * have to be written in the order of their ids.
 */
final class ThriftCompact {
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Deque<Integer> outer = new ArrayDeque<>();
  private int last;

  byte[] bytes() {
    return bytes.toByteArray();
  }

  private void field(int id, int type) {
    bytes.write((id - last) << 4 | type);
    last = id;
  }

  void i32(int id, int value) {
    field(id, I32);
    zigzag(value);
  }

  void i64(int id, long value) {
    field(id, I64);
    zigzag(value);
  }

  void text(int id, String value) {
    field(id, BINARY);
    text(value);
  }

  /** Starts a structure in a field. */
  void begin(int id) {
    field(id, STRUCT);
    element();
  }

  /** Starts a structure in a list. */
  void element() {
    outer.push(last);
    last = 0;
  }

  /** Ends a structure. */
  void end() {
    bytes.write(0);
    last = outer.isEmpty() ? 0 : outer.pop();
  }

  void structs(int id, int count) {
    field(id, LIST);
    size(count, STRUCT);
  }

  void i32s(int id, int... values) {
    field(id, LIST);
    size(values.length, I32);
    for (int value : values) {
      zigzag(value);
    }
  }

  void texts(int id, String... values) {
    field(id, LIST);
    size(values.length, BINARY);
    for (String value : values) {
      text(value);
    }
  }

  private void size(int count, int type) {
    bytes.write(Math.min(count, 15) << 4 | type);
    if (count >= 15) {
      varint(count);
    }
  }

  private void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    varint(utf8.length);
    bytes.writeBytes(utf8);
  }

  private void zigzag(long value) {
    varint(value << 1 ^ value >> 63);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
