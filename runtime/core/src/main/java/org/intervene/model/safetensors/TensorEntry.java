package org.intervene.model.safetensors;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * Where a tensor lies.
 *
 * @param dtype as the header says, such as {@code F32} or {@code I64}
 * @param offset of its first byte, from the start of the file
 * @param bytes how many it has
 */
public record TensorEntry(
    String name, Path file, String dtype, long[] shape, long offset, long bytes) {

  @Override
  public boolean equals(Object other) {
    return other instanceof TensorEntry e
        && name.equals(e.name)
        && file.equals(e.file)
        && dtype.equals(e.dtype)
        && Arrays.equals(shape, e.shape)
        && offset == e.offset
        && bytes == e.bytes;
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Long.hashCode(offset);
  }

  @Override
  public String toString() {
    return name + " " + dtype + Arrays.toString(shape) + " at " + offset;
  }
}
