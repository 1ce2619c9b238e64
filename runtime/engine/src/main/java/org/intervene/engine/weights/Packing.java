package org.intervene.engine.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.intervene.engine.script.ScriptModule;
import org.intervene.model.Dtype;

/**
 * Lays float32 matrices out the way oneDNN multiplies with them: products then take a third of the
 * time for a few rows and two thirds for hundreds.
 *
 * <p>What has to be converted, transposed or joined first goes through one piece of memory that all
 * matrices share: many that come and go would leave holes that the system does not get back.
 */
public final class Packing implements AutoCloseable {
  private static final ScriptModule SCRIPT = ScriptModule.ofResource(Packing.class, "packing.py");

  private final NDManager owner;
  private NDArray room;

  Packing(NDManager owner) {
    this.owner = owner.newSubManager();
  }

  /** A matrix [out, in] in the layout of packed products; the plain one stays as it is. */
  public static NDArray packed(NDManager owner, NDArray plain) {
    return SCRIPT.call(owner, "packed", plain);
  }

  /** A matrix [out, in] whose elements can be read, of one that is packed or not. */
  static NDArray plain(NDManager scope, NDArray weight, boolean packed) {
    return SCRIPT.call(scope, "plain", weight, packed);
  }

  /** The rows of several matrices [out, in] of any dtype, one below the other, packed. */
  NDArray joined(NDManager lasting, NDArray... parts) {
    if (SCRIPT.callBoolean("ready", (Object) parts)) {
      return packed(lasting, parts[0]);
    }
    try (NDManager scope = owner.newSubManager()) {
      return packed(lasting, WeightLoader.joined(scope, parts, room(parts)));
    }
  }

  private NDArray room(NDArray... parts) {
    long elements = Arrays.stream(parts).mapToLong(NDArray::size).sum();
    if (room == null || room.size() < elements) {
      if (room != null) {
        room.close();
      }
      room = WeightLoader.room(owner, Dtype.FLOAT32, parts);
    }
    return room;
  }

  /** Gives the shared memory back. */
  @Override
  public void close() {
    owner.close();
  }
}
