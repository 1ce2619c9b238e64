package org.intervene.experiment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Span;
import org.intervene.model.Architecture;
import org.intervene.model.placement.FreeMemory;
import org.intervene.model.placement.PartSizes;
import org.intervene.model.placement.Placement;
import org.intervene.model.placement.Spreading;

/**
 * The devices that an execution goes over.
 *
 * @param placement of the model's parts
 * @param tightest the device that has the least room beside its weights; absent where nothing is
 *     known of what devices have free
 * @param weights bytes of all weights
 */
record Devices(Placement placement, Optional<Room> tightest, long weights) {

  /**
   * What a device has for the model and its work.
   *
   * @param free bytes
   * @param weights bytes of the weights on it
   */
  record Room(String device, long free, long weights) {
    long rest() {
      return free - weights;
    }
  }

  /**
   * Finds the devices.
   *
   * @param gpus those of the machine, asked for only if the choice of devices is free
   * @throws org.intervene.diagnostic.DiagnosticException if they do not hold the weights
   */
  static Devices of(
      Architecture model, ModelChoice choice, Options options, Supplier<List<FreeMemory>> gpus) {
    PartSizes sizes = PartSizes.of(model, choice.dtype().bytes());
    List<FreeMemory> found = choice.isAutomatic() ? gpus.get() : List.of();
    if (found.isEmpty()) {
      String name = choice.isAutomatic() ? FreeMemory.CPU : choice.named();
      Placement whole = Placement.on(name, model.layers());
      return new Devices(whole, Optional.empty(), sizes.all());
    }
    long own = MemoryBudget.of(options.memory(), DeviceMemory.MACHINE);
    FreeMemory cpu = new FreeMemory(FreeMemory.CPU, own);
    Placement placement = Spreading.of(found, cpu, sizes);
    return new Devices(placement, tightest(placement, sizes, found, cpu), sizes.all());
  }

  private static Optional<Room> tightest(
      Placement placement, PartSizes sizes, List<FreeMemory> gpus, FreeMemory cpu) {
    return Stream.concat(gpus.stream(), Stream.of(cpu))
        .filter(d -> placement.devices().contains(d.name()) && d.free() != FreeMemory.UNKNOWN)
        .map(d -> new Room(d.name(), d.free(), placement.bytes(d.name(), sizes)))
        .min(Comparator.comparingLong(Room::rest));
  }

  /**
   * Most bytes that program, weights and work may use together. What a pack needs, it needs on
   * every device that it goes over, so the one with the least room decides; the room for work is
   * rounded down to a power of two, so that packs do not change with every megabyte that another
   * process takes.
   *
   * @param memory of the device that the choice names
   * @param program bytes of the program
   */
  Budget budget(DeviceMemory memory, Options options, long program) {
    if (tightest.isEmpty()) {
      return Budget.of(MemoryBudget.of(options.memory(), memory));
    }
    Room room = tightest.get();
    long work = Long.highestOneBit(Math.max(1, room.rest() - program));
    Budget.Tightest decides =
        new Budget.Tightest(room.device, room.free, room.weights, program + weights + work);
    long bytes = Math.min(options.memory().orElse(Long.MAX_VALUE), decides.allows());
    return new Budget(bytes, Optional.of(decides));
  }

  /** {@code cuda} if any part is on a GPU, else {@code cpu}. */
  String kind() {
    return placement.devices().stream().anyMatch(d -> d.startsWith("cuda")) ? "cuda" : "cpu";
  }

  /** What is where, if more than one device holds anything. */
  Optional<String> shown() {
    return placement.isSpread() ? Optional.of(placement.shown()) : Optional.empty();
  }

  /** A remark on what is where, if more than one device holds anything. */
  Optional<Diagnostic> note() {
    return shown()
        .map(
            where ->
                Diagnostic.note(
                    "device.spread",
                    Span.NONE,
                    "no GPU holds all weights, so they are spread: " + where,
                    "a narrower dtype may make one device enough"));
  }
}
