package org.intervene.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.intervene.journal.PackRecord.Mean;
import org.intervene.journal.PackRecord.Numbers;
import org.intervene.journal.PackRecord.Row;
import org.intervene.journal.PackRecord.Waiting;
import org.intervene.plan.Execution.CollectKey;
import org.intervene.plan.Execution.CollectedTensor;

/** Bytes of what a journal holds. Integers and floating-point numbers are big-endian. */
final class RecordCodec {
  private RecordCodec() {}

  /** Writes into a stream in memory. */
  private interface Writer {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writer.to(out);
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be written to", e);
    }
    return bytes.toByteArray();
  }

  static byte[] text(Map<String, String> texts) {
    return bytes(
        out -> {
          out.writeInt(texts.size());
          for (Map.Entry<String, String> e : new TreeMap<>(texts).entrySet()) {
            out.writeUTF(e.getKey());
            out.writeUTF(e.getValue());
          }
        });
  }

  static TreeMap<String, String> text(byte[] bytes) throws IOException {
    DataInputStream in = in(bytes);
    TreeMap<String, String> texts = new TreeMap<>();
    for (int left = count(in, Integer.BYTES); left > 0; left--) {
      texts.put(in.readUTF(), in.readUTF());
    }
    return texts;
  }

  /** Writes a record. */
  static void record(int pack, PackRecord record, DataOutputStream out) throws IOException {
    out.writeInt(pack);
    Numbers numbers = record.numbers();
    out.writeInt(numbers.values().length);
    for (int i = 0; i < numbers.values().length; i++) {
      out.writeInt(numbers.works()[i]);
      out.writeInt(numbers.reads()[i]);
      out.writeDouble(numbers.values()[i]);
    }
    out.writeInt(record.waiting().size());
    for (Waiting w : record.waiting()) {
      out.writeInt(w.work());
      out.writeInt(w.read());
      out.writeInt(w.positions());
      write(out, w.data());
    }
    out.writeInt(record.rows().size());
    for (Row row : record.rows()) {
      out.writeInt(row.work());
      out.writeInt(row.position());
      write(out, row.logits());
    }
    write(out, record.vectors());
    out.writeInt(record.means().size());
    for (Mean mean : record.means()) {
      write(out, mean);
    }
  }

  private static void write(DataOutputStream out, Mean mean) throws IOException {
    out.writeInt(mean.statistic());
    write(out, mean.sums());
    out.writeInt(mean.counts().size());
    for (Map.Entry<Integer, Integer> e : new TreeMap<>(mean.counts()).entrySet()) {
      out.writeInt(e.getKey());
      out.writeInt(e.getValue());
    }
  }

  /**
   * Reads a record.
   *
   * @param pack that it has to be of
   */
  static PackRecord record(int pack, byte[] bytes) throws IOException {
    DataInputStream in = in(bytes);
    if (in.readInt() != pack) {
      throw new IOException("a record stands out of order");
    }
    Numbers numbers = numbers(in);
    List<Waiting> waiting = new ArrayList<>();
    for (int left = count(in, 4 * Integer.BYTES); left > 0; left--) {
      waiting.add(new Waiting(in.readInt(), in.readInt(), in.readInt(), doubles(in)));
    }
    List<Row> rows = new ArrayList<>();
    for (int left = count(in, 3 * Integer.BYTES); left > 0; left--) {
      rows.add(new Row(in.readInt(), in.readInt(), doubles(in)));
    }
    Map<Integer, double[]> vectors = arrays(in);
    List<Mean> means = new ArrayList<>();
    for (int left = count(in, 3 * Integer.BYTES); left > 0; left--) {
      int statistic = in.readInt();
      Map<Integer, double[]> sums = arrays(in);
      Map<Integer, Integer> counts = new HashMap<>();
      for (int more = count(in, 2 * Integer.BYTES); more > 0; more--) {
        counts.put(in.readInt(), in.readInt());
      }
      means.add(new Mean(statistic, sums, counts));
    }
    return new PackRecord(numbers, waiting, rows, vectors, means);
  }

  private static Numbers numbers(DataInputStream in) throws IOException {
    int count = count(in, 2 * Integer.BYTES + Double.BYTES);
    Numbers numbers = new Numbers(new int[count], new int[count], new double[count]);
    for (int i = 0; i < count; i++) {
      numbers.works()[i] = in.readInt();
      numbers.reads()[i] = in.readInt();
      numbers.values()[i] = in.readDouble();
    }
    return numbers;
  }

  /** What stands before a saved tensor's elements. */
  static byte[] head(CollectKey key, CollectedTensor tensor) {
    return bytes(
        out -> {
          out.writeInt(key.cell());
          out.writeUTF(key.name());
          out.writeUTF(tensor.dtype());
          out.writeInt(tensor.shape().length);
          for (long length : tensor.shape()) {
            out.writeLong(length);
          }
        });
  }

  /**
   * What stands before a saved tensor's elements.
   *
   * @param length bytes of it
   */
  record Head(CollectKey key, String dtype, long[] shape, int length) {}

  static Head head(byte[] bytes) throws IOException {
    DataInputStream in = in(bytes);
    CollectKey key = new CollectKey(in.readInt(), in.readUTF());
    String dtype = in.readUTF();
    long[] shape = new long[count(in, Long.BYTES)];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = in.readLong();
    }
    return new Head(key, dtype, shape, bytes.length - in.available());
  }

  private static void write(DataOutputStream out, Map<Integer, double[]> arrays)
      throws IOException {
    out.writeInt(arrays.size());
    for (Map.Entry<Integer, double[]> e : new TreeMap<>(arrays).entrySet()) {
      out.writeInt(e.getKey());
      write(out, e.getValue());
    }
  }

  private static Map<Integer, double[]> arrays(DataInputStream in) throws IOException {
    Map<Integer, double[]> arrays = new HashMap<>();
    for (int left = count(in, 2 * Integer.BYTES); left > 0; left--) {
      arrays.put(in.readInt(), doubles(in));
    }
    return arrays;
  }

  private static void write(DataOutputStream out, double[] x) throws IOException {
    out.writeInt(x.length);
    for (double element : x) {
      out.writeDouble(element);
    }
  }

  private static double[] doubles(DataInputStream in) throws IOException {
    double[] x = new double[count(in, Double.BYTES)];
    for (int i = 0; i < x.length; i++) {
      x[i] = in.readDouble();
    }
    return x;
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  /** A count of things that take so many bytes each, which have to be there. */
  private static int count(DataInputStream in, int each) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available() / each) {
      throw new EOFException("a count is larger than its record");
    }
    return count;
  }
}
