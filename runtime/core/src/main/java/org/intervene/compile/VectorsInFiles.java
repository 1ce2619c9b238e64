package org.intervene.compile;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.intervene.ast.Expr;
import org.intervene.check.Diagnostics;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Span;
import org.intervene.diagnostic.Suggestions;
import org.intervene.model.Dtype;
import org.intervene.model.Half;
import org.intervene.model.safetensors.SafetensorsHeader;
import org.intervene.model.safetensors.TensorEntry;
import org.intervene.plan.VectorFiles;

/** Reads vectors out of safetensors files, {@code steer.safetensors#direction}. */
final class VectorsInFiles implements VectorFiles {
  private static final int MOST_ELEMENTS = 1 << 24;
  private final Path folder;

  VectorsInFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<double[]> read(Expr.FileTensor file, Diagnostics problems) {
    String text = file.path().text();
    Span span = file.path().span();
    int hash = text.lastIndexOf('#');
    if (hash < 1) {
      problems.error(
          "vector.file-name",
          span,
          "`" + text + "` does not say which tensor of the file is meant",
          "write the file, a `#` and the tensor's name, such as \"steer.safetensors#direction\"");
      return Optional.empty();
    }
    Path path = folder.resolve(text.substring(0, hash));
    if (!Files.isRegularFile(path)) {
      problems.error(
          "vector.file",
          span,
          "there is no file `" + text.substring(0, hash) + "`",
          "a relative path starts at the spec's own folder");
      return Optional.empty();
    }
    List<Diagnostic> broken = new ArrayList<>();
    SafetensorsHeader header = SafetensorsHeader.read(path, broken);
    if (!broken.isEmpty()) {
      Diagnostic first = broken.get(0);
      problems.error(
          "vector.file",
          span,
          "`" + text.substring(0, hash) + "` cannot be read: " + first.message(),
          first.help().toArray(String[]::new));
      return Optional.empty();
    }
    return tensor(header, text.substring(hash + 1), span, problems)
        .flatMap(entry -> elements(entry, span, problems));
  }

  private static Optional<TensorEntry> tensor(
      SafetensorsHeader header, String name, Span span, Diagnostics problems) {
    Optional<TensorEntry> entry =
        header.tensors().stream().filter(t -> t.name().equals(name)).findFirst();
    if (entry.isEmpty()) {
      List<String> known = header.tensors().stream().map(TensorEntry::name).toList();
      problems.error(
          "vector.file-tensor",
          span,
          "the file has no tensor `" + name + "`",
          Suggestions.nearest(name, known)
              .map(n -> "did you mean `" + n + "`?")
              .orElse(
                  "it has: "
                      + known.stream().map(n -> "`" + n + "`").collect(Collectors.joining(", "))));
      return Optional.empty();
    }
    long[] shape = entry.get().shape();
    long large = Arrays.stream(shape).filter(n -> n > 1).count();
    if (large > 1 || Dtype.inSafetensors(entry.get().dtype()).isEmpty()) {
      problems.error(
          "vector.file-shape",
          span,
          "`"
              + name
              + "` is "
              + entry.get().dtype()
              + " "
              + Arrays.toString(shape)
              + ", not a vector of floating-point numbers",
          "save a tensor of one axis");
      return Optional.empty();
    }
    return entry;
  }

  private static Optional<double[]> elements(TensorEntry entry, Span span, Diagnostics problems) {
    long count = Arrays.stream(entry.shape()).reduce(1, Math::multiplyExact);
    Dtype dtype = Dtype.inSafetensors(entry.dtype()).orElseThrow();
    if (count > MOST_ELEMENTS) {
      problems.error(
          "vector.file-shape",
          span,
          "the vector has " + count + " elements",
          "save one of a site's width");
      return Optional.empty();
    }
    byte[] bytes = new byte[Math.toIntExact(count * dtype.bytes())];
    try (RandomAccessFile in = new RandomAccessFile(entry.file().toFile(), "r")) {
      in.seek(entry.offset());
      in.readFully(bytes);
    } catch (IOException e) {
      problems.error(
          "vector.file", span, "the file cannot be read: " + e.getMessage(), "check the file");
      return Optional.empty();
    }
    double[] elements = decoded(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), dtype);
    if (Arrays.stream(elements).anyMatch(x -> !Double.isFinite(x))) {
      problems.error(
          "vector.not-finite",
          span,
          "the vector has elements that are not finite",
          "save it again without NaN and infinities");
      return Optional.empty();
    }
    return Optional.of(elements);
  }

  private static double[] decoded(ByteBuffer bytes, Dtype dtype) {
    double[] elements = new double[bytes.remaining() / dtype.bytes()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] =
          switch (dtype) {
            case FLOAT64 -> bytes.getDouble();
            case FLOAT32 -> bytes.getFloat();
            case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort() << 16);
            case FLOAT16 -> Half.value(bytes.getShort());
          };
    }
    return elements;
  }
}
