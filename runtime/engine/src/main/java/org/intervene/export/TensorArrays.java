package org.intervene.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.model.safetensors.SafetensorsHeader;
import org.intervene.model.safetensors.TensorEntry;

/**
 * Collected tensors as numpy arrays, element by element as they are; numpy has no bfloat16, which
 * is written as float32, exactly.
 */
final class TensorArrays {
  private static final int PIECE = 1 << 20;

  private final Path file;
  private final Wanted wanted;

  TensorArrays(Path file, Wanted wanted) {
    this.file = file;
    this.wanted = wanted;
  }

  void write(Npz npz) throws IOException {
    List<Diagnostic> problems = new ArrayList<>();
    SafetensorsHeader header = SafetensorsHeader.read(file, problems);
    if (!problems.isEmpty()) {
      throw new DiagnosticException(DiagnosticException.Kind.RESOURCE, problems);
    }
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode axes = mapper.createObjectNode();
    for (TensorEntry tensor : header.tensors()) {
      if (isWanted(tensor.name())) {
        npz.add("tensors/" + tensor.name(), out -> tensor(tensor, out));
      }
    }
    for (var named : new TreeMap<>(header.metadata()).entrySet()) {
      if (isWanted(named.getKey())) {
        JsonNode list = mapper.readTree(named.getValue());
        axes.set(named.getKey(), list);
      }
    }
    npz.add("tensors.axes", out -> Npy.texts(out, List.of(axes.toString())));
  }

  private boolean isWanted(String name) {
    return wanted.runs().isEmpty() || wanted.runs().contains(name.substring(0, name.indexOf('/')));
  }

  private void tensor(TensorEntry tensor, OutputStream out) throws IOException {
    boolean widen = tensor.dtype().equals("BF16");
    out.write(Npy.header(type(tensor.dtype()), tensor.shape()));
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer piece = ByteBuffer.allocate(PIECE);
      for (long done = 0; done < tensor.bytes(); done += PIECE) {
        piece.clear().limit((int) Math.min(PIECE, tensor.bytes() - done));
        while (piece.hasRemaining()) {
          if (channel.read(piece, tensor.offset() + done + piece.position()) < 0) {
            throw new IOException(file + " ended early");
          }
        }
        byte[] bytes = widen ? widened(piece.flip()) : piece.array();
        out.write(bytes, 0, widen ? bytes.length : piece.position());
      }
    }
  }

  /** A bfloat16 is the upper half of the float32 of the same value. */
  private static byte[] widened(ByteBuffer halves) {
    ByteBuffer wide = ByteBuffer.allocate(2 * halves.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    while (halves.hasRemaining()) {
      wide.putShort((short) 0).put(halves.get()).put(halves.get());
    }
    return wide.array();
  }

  private static String type(String dtype) {
    return switch (dtype) {
      case "F64" -> "<f8";
      case "F32", "BF16" -> "<f4";
      case "F16" -> "<f2";
      case "I64" -> "<i8";
      case "I32" -> "<i4";
      default -> throw new IllegalStateException("no run collects " + dtype);
    };
  }
}
