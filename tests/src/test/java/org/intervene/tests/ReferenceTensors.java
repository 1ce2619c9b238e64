package org.intervene.tests;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.model.safetensors.SafetensorsHeader;
import org.intervene.model.safetensors.TensorEntry;

/** Tensors that other programs computed, as float64. */
final class ReferenceTensors {
  private final Map<String, double[]> tensors = new LinkedHashMap<>();

  static ReferenceTensors read(Path file) {
    List<Diagnostic> problems = new ArrayList<>();
    SafetensorsHeader header = SafetensorsHeader.read(file, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.toString());
    }
    ReferenceTensors read = new ReferenceTensors();
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      for (TensorEntry entry : header.tensors()) {
        byte[] bytes = new byte[Math.toIntExact(entry.bytes())];
        in.seek(entry.offset());
        in.readFully(bytes);
        read.tensors.put(entry.name(), decoded(entry, bytes));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(file.toString(), e);
    }
    return read;
  }

  private static double[] decoded(TensorEntry entry, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    double[] x = new double[bytes.length / 8];
    for (int i = 0; i < x.length; i++) {
      x[i] =
          switch (entry.dtype()) {
            case "F64" -> buffer.getDouble();
            case "I64" -> buffer.getLong();
            default -> throw new IllegalArgumentException(entry.toString());
          };
    }
    return x;
  }

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  double[] get(String name) {
    double[] x = tensors.get(name);
    if (x == null) {
      throw new IllegalArgumentException("no tensor " + name + " among " + tensors.keySet());
    }
    return x;
  }

  /** Token ids as a spec writes them. */
  String ids(String name) {
    return listed(get(name));
  }

  static String listed(double[] ids) {
    List<String> words = new ArrayList<>();
    for (double id : ids) {
      words.add(Long.toString((long) id));
    }
    return "[" + String.join(", ", words) + "]";
  }
}
