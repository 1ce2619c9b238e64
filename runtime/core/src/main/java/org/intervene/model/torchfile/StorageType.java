package org.intervene.model.torchfile;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.intervene.model.Half;

/** The kinds of numbers that a storage may hold, by the names of torch's storage classes. */
enum StorageType {
  DOUBLE("float64", 8),
  FLOAT("float32", 4),
  HALF("float16", 2),
  BFLOAT16("bfloat16", 2),
  LONG("int64", 8),
  INT("int32", 4),
  SHORT("int16", 2),
  CHAR("int8", 1),
  BYTE("uint8", 1),
  BOOL("bool", 1);

  private final String dtype;
  private final int bytes;

  StorageType(String dtype, int bytes) {
    this.dtype = dtype;
    this.bytes = bytes;
  }

  /** The type of {@code torch.FloatStorage} and its like. */
  static Optional<StorageType> of(String module, String name) {
    return Stream.of(values())
        .filter(t -> module.equals("torch") && name.equals(t.className()))
        .findFirst();
  }

  private String className() {
    String word =
        this == BFLOAT16
            ? "BFloat16"
            : name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    return word + "Storage";
  }

  String dtype() {
    return dtype;
  }

  int bytes() {
    return bytes;
  }

  /** An element of a little-endian storage. */
  double at(ByteBuffer storage, int index) {
    int place = index * bytes;
    return switch (this) {
      case DOUBLE -> storage.getDouble(place);
      case FLOAT -> storage.getFloat(place);
      case HALF -> Half.value(storage.getShort(place));
      case BFLOAT16 -> Float.intBitsToFloat(storage.getShort(place) << 16);
      case LONG -> storage.getLong(place);
      case INT -> storage.getInt(place);
      case SHORT -> storage.getShort(place);
      case CHAR -> storage.get(place);
      case BYTE, BOOL -> storage.get(place) & 0xFF;
    };
  }
}
