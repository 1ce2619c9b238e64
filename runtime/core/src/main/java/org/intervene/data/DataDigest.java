package org.intervene.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * SHA-256 of what a dataset holds, however it was written: the same rows inline, in a JSONL file or
 * made by a template have the same digest.
 *
 * <p>What is hashed is the ASCII text {@code intervene-data 1} and then items, each of them a
 * letter as one byte, the length of its content in bytes as a big-endian 32-bit number, and the
 * content. In this order:
 *
 * <ul>
 *   <li>{@code C} for each column, its name in UTF-8, in the order of their names;
 *   <li>for each row {@code R}, empty, and for each of the columns, in the same order, one of
 *       {@code T}, a text in UTF-8; {@code I}, token ids as big-endian 32-bit numbers; {@code N}, a
 *       number as the big-endian 64 bits of an IEEE 754 double, zero without a sign;
 *   <li>behind a text that a template made, for each slot in the order of their names, {@code S},
 *       the name in UTF-8, and for each place where it stands {@code P}, the indices of its first
 *       UTF-16 unit and after its last one as big-endian 32-bit numbers.
 * </ul>
 *
 * Names are ordered by their UTF-16 units. The dataset's own name is not part of it.
 */
public final class DataDigest {
  private final MessageDigest sha = sha256();

  private DataDigest() {}

  /** {@code sha256:} and 64 hexadecimal digits. */
  public static String of(Dataset data) {
    DataDigest digest = new DataDigest();
    digest.sha.update("intervene-data 1".getBytes(StandardCharsets.US_ASCII));
    List<String> columns = data.columns().stream().sorted().toList();
    columns.forEach(column -> digest.item('C', column));
    for (Example example : data.examples()) {
      digest.item('R', new byte[0]);
      columns.forEach(column -> digest.add(example.columns().get(column)));
    }
    return shown(digest.sha.digest());
  }

  /** The digest of a file's bytes. */
  static String of(byte[] bytes) {
    return shown(sha256().digest(bytes));
  }

  private void add(Datum datum) {
    if (datum instanceof Datum.Text text) {
      item('T', text.text());
      new TreeMap<>(text.slots())
          .forEach(
              (slot, stretches) -> {
                item('S', slot);
                stretches.forEach(s -> item('P', ints(s.start(), s.end())));
              });
    } else if (datum instanceof Datum.Tokens tokens) {
      item('I', ints(tokens.ids()));
    } else {
      double value = ((Datum.Number) datum).value() + 0.0;
      item('N', ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
    }
  }

  private void item(char kind, String text) {
    item(kind, text.getBytes(StandardCharsets.UTF_8));
  }

  private void item(char kind, byte[] content) {
    sha.update((byte) kind);
    sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array());
    sha.update(content);
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * values.length);
    bytes.asIntBuffer().put(values);
    return bytes.array();
  }

  private static String shown(byte[] digest) {
    return "sha256:" + HexFormat.of().formatHex(digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
