package org.intervene.model.placement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Span;

/**
 * Finds the devices of a model's parts. One GPU takes everything if it can. Otherwise the GPUs are
 * filled in their order with consecutive layers, and what is left goes to the CPU. Of each device
 * some memory is left to what a run computes ({@link FreeMemory#forWeights}).
 */
public final class Spreading {
  private static final long MIB = 1L << 20;

  private final List<FreeMemory> gpus;
  private final FreeMemory cpu;
  private final PartSizes sizes;
  private final Map<String, Long> left = new LinkedHashMap<>();

  private Spreading(List<FreeMemory> gpus, FreeMemory cpu, PartSizes sizes) {
    this.gpus = gpus;
    this.cpu = cpu;
    this.sizes = sizes;
    gpus.forEach(g -> left.put(g.name(), g.forWeights()));
    left.put(cpu.name(), cpu.forWeights());
  }

  /**
   * Places a model.
   *
   * @param gpus in the order in which they are filled; may be empty
   * @param cpu the last resort
   * @throws DiagnosticException if the devices together do not hold it
   */
  public static Placement of(List<FreeMemory> gpus, FreeMemory cpu, PartSizes sizes) {
    Optional<FreeMemory> whole =
        gpus.stream().filter(g -> g.forWeights() >= sizes.all()).findFirst();
    return whole
        .map(g -> Placement.on(g.name(), sizes.blocks().size()))
        .orElseGet(() -> new Spreading(gpus, cpu, sizes).spread());
  }

  private Placement spread() {
    String embedding = first(0, sizes.embedding() + (sizes.tied() ? sizes.end() : 0));
    List<String> blocks = new ArrayList<>();
    int device = 0;
    for (long bytes : sizes.blocks()) {
      device = next(device, bytes);
      blocks.add(take(device, bytes));
    }
    if (blocks.stream().allMatch(cpu.name()::equals)) {
      return onCpu();
    }
    // one more change of device costs less than an unembedding on the CPU
    String end = sizes.tied() ? embedding : first(device, sizes.end());
    return new Placement(embedding, blocks, end);
  }

  /** A GPU that holds nothing but embeddings would help nobody. */
  private Placement onCpu() {
    if (cpu.forWeights() < sizes.all()) {
      throw refused();
    }
    return Placement.on(cpu.name(), sizes.blocks().size());
  }

  /** The first device from one on that has room; behind the GPUs there is the CPU. */
  private int next(int from, long bytes) {
    int device = from;
    while (device < gpus.size() && left.get(gpus.get(device).name()) < bytes) {
      device++;
    }
    return device;
  }

  /** Takes room from the first device that has it, looking from one on, then from the start. */
  private String first(int from, long bytes) {
    int device = next(from, bytes);
    return take(device < gpus.size() ? device : next(0, bytes), bytes);
  }

  private String take(int device, long bytes) {
    String name = device < gpus.size() ? gpus.get(device).name() : cpu.name();
    long rest = left.get(name) - bytes;
    if (rest < 0) {
      throw refused();
    }
    left.put(name, rest);
    return name;
  }

  private DiagnosticException refused() {
    String has =
        Stream.concat(gpus.stream(), Stream.of(cpu))
            .map(d -> d.name() + " can take " + mib(d.forWeights()))
            .collect(Collectors.joining(", "));
    long largest = sizes.blocks().stream().mapToLong(b -> b).max().orElse(0);
    return new DiagnosticException(
        DiagnosticException.Kind.MEMORY,
        List.of(
            Diagnostic.error(
                "device.too-small",
                Span.NONE,
                "no devices hold the weights, %s (embedding %s, %d layers of at most %s, unembedding %s): %s"
                    .formatted(
                        mib(sizes.all()),
                        mib(sizes.embedding()),
                        sizes.blocks().size(),
                        mib(largest),
                        mib(sizes.end()),
                        has),
                "a narrower dtype needs less, such as `--dtype bfloat16`",
                "end what else uses the GPUs, or let the CPU hold more with `--memory`")));
  }

  private static String mib(long bytes) {
    return (bytes + MIB - 1) / MIB + "M";
  }
}
