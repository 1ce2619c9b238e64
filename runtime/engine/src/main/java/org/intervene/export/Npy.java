package org.intervene.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Arrays in numpy's format, version 1.0 (numpy.lib.format), little-endian and row-major. */
final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;

  private Npy() {}

  /**
   * The bytes before the elements.
   *
   * @param type such as {@code <f8}
   */
  static byte[] header(String type, long... shape) {
    String sizes = Arrays.stream(shape).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
    String dict = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, sizes);
    int room = ALIGNMENT - (MAGIC.length + 2 + dict.length() + 1) % ALIGNMENT;
    byte[] text = (dict + " ".repeat(room % ALIGNMENT) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer header = ByteBuffer.allocate(MAGIC.length + 2 + text.length);
    header.order(ByteOrder.LITTLE_ENDIAN).put(MAGIC).putShort((short) text.length).put(text);
    return header.array();
  }

  static void doubles(OutputStream out, double[] values, long... shape) throws IOException {
    out.write(header("<f8", shape));
    ByteBuffer bytes =
        ByteBuffer.allocate(Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    out.write(bytes.array());
  }

  static void longs(OutputStream out, long[] values) throws IOException {
    out.write(header("<i8", values.length));
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    out.write(bytes.array());
  }

  /** Texts of fixed width, in UTF-32 as numpy keeps them; one text alone has no axis. */
  static void texts(OutputStream out, List<String> texts, long... shape) throws IOException {
    int width = 1;
    for (String text : texts) {
      width = Math.max(width, text.codePointCount(0, text.length()));
    }
    out.write(header("<U" + width, shape));
    for (String text : texts) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * width).order(ByteOrder.LITTLE_ENDIAN);
      text.codePoints().forEach(bytes::putInt);
      out.write(bytes.array());
    }
  }
}
