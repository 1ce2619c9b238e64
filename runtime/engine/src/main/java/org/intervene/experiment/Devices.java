package org.intervene.experiment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
 * @param room bytes beside the weights on the device that has the fewest; absent where nothing is
 *     known of what devices have free
 * @param weights bytes of all weights
 */
record Devices(Placement placement, OptionalLong room, long weights) {

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
      return new Devices(whole, OptionalLong.empty(), sizes.all());
    }
    long own = MemoryBudget.of(options.memory(), DeviceMemory.MACHINE);
    FreeMemory cpu = new FreeMemory(FreeMemory.CPU, own);
    Placement placement = Spreading.of(found, cpu, sizes);
    return new Devices(placement, room(placement, sizes, found, cpu), sizes.all());
  }

  private static OptionalLong room(
      Placement placement, PartSizes sizes, List<FreeMemory> gpus, FreeMemory cpu) {
    return Stream.concat(gpus.stream(), Stream.of(cpu))
        .filter(d -> placement.devices().contains(d.name()) && d.free() != FreeMemory.UNKNOWN)
        .mapToLong(d -> d.free() - placement.bytes(d.name(), sizes))
        .min();
  }

  /**
   * Most bytes that program, weights and work may use together. What a pack needs, it needs on
   * every device that it goes over, so the one with the least room decides; the room for work is
   * rounded down to a power of two, so that packs do not change with every megabyte that another
   * process takes.
   *
   * @param memory of the device that the choice names
   * @param cells of the plan
   */
  long budget(DeviceMemory memory, Options options, int cells) {
    if (room.isEmpty()) {
      return MemoryBudget.of(options.memory(), memory);
    }
    long work = Long.highestOneBit(Math.max(1, room.getAsLong() - memory.program(cells)));
    return Math.min(
        options.memory().orElse(Long.MAX_VALUE), memory.program(cells) + weights + work);
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
