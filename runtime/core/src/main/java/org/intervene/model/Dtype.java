package org.intervene.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The floating-point types that a model can be held and run in. */
public enum Dtype {
  FLOAT16("F16", 2),
  FLOAT32("F32", 4),
  FLOAT64("F64", 8),
  BFLOAT16("BF16", 2);

  private final String safetensors;
  private final int bytes;

  Dtype(String safetensors, int bytes) {
    this.safetensors = safetensors;
    this.bytes = bytes;
  }

  /** Its name in a safetensors header, such as {@code F32}. */
  public String safetensors() {
    return safetensors;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Its name in a spec, such as {@code float32}. */
  public String spelled() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type that a spec or a config calls by this name. */
  public static Optional<Dtype> named(String name) {
    return Arrays.stream(values()).filter(d -> d.spelled().equals(name)).findFirst();
  }

  /** The type that a safetensors header calls by this name; empty for integers and the like. */
  public static Optional<Dtype> inSafetensors(String name) {
    return Arrays.stream(values()).filter(d -> d.safetensors.equals(name)).findFirst();
  }
}
