package org.intervene.model.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.junit.jupiter.api.Test;

class SpreadingTest {
  private static final long MIB = 1L << 20;
  private static final FreeMemory NO_CPU = new FreeMemory("cpu", 0);

  /** GPUs on which weights may take so many MiB. */
  private static List<FreeMemory> gpus(long... mib) {
    return Stream.iterate(0, n -> n + 1)
        .limit(mib.length)
        .map(n -> device("cuda:" + n, mib[n]))
        .toList();
  }

  private static FreeMemory device(String name, long mib) {
    FreeMemory device = new FreeMemory(name, mib * MIB + FreeMemory.LEAST_RESERVE);
    assertEquals(mib * MIB, device.forWeights());
    return device;
  }

  private static PartSizes sizes(boolean tied, long embedding, long end, long... blocks) {
    List<Long> layers = java.util.Arrays.stream(blocks).map(b -> b * MIB).boxed().toList();
    return new PartSizes(embedding * MIB, layers, end * MIB, tied);
  }

  /** Embedding 10, four layers of 20, end 10: 100 MiB. */
  private static PartSizes plain() {
    return sizes(false, 10, 10, 20, 20, 20, 20);
  }

  private static String shown(List<FreeMemory> gpus, FreeMemory cpu, PartSizes sizes) {
    return Spreading.of(gpus, cpu, sizes).shown();
  }

  @Test
  void oneDeviceTakesEverythingIfItCan() {
    String whole = "cuda:0 (embedding, layers 0 to 3, unembedding)";
    assertEquals(whole, shown(gpus(100, 500), NO_CPU, plain()));
    Placement second = Spreading.of(gpus(99, 100, 100), NO_CPU, plain());
    assertEquals(Placement.on("cuda:1", 4), second);
    assertFalse(second.isSpread());
  }

  @Test
  void layersFillDevicesInTheirOrder() {
    assertEquals(
        "cuda:0 (embedding, layers 0 to 1); cuda:1 (layers 2 to 3, unembedding)",
        shown(gpus(60, 60), NO_CPU, plain()));
    assertEquals(
        "cuda:0 (embedding, layer 0); cuda:1 (layers 1 to 2); cuda:2 (layer 3, unembedding)",
        shown(gpus(30, 40, 30), NO_CPU, plain()));
  }

  @Test
  void layersOfDifferentSizesStayInOrder() {
    // layer 2 does not fit beside layer 1, and no later one goes back though it would fit
    assertEquals(
        "cuda:0 (embedding, layers 0 to 1); cuda:1 (layers 2 to 3, unembedding)",
        shown(gpus(60, 90), NO_CPU, sizes(false, 10, 10, 20, 20, 50, 10)));
  }

  @Test
  void whatTheGpusCannotTakeGoesToTheCpu() {
    assertEquals(
        "cuda:0 (embedding, layers 0 to 1); cuda:1 (layer 2, unembedding); cpu (layer 3)",
        reordered(Spreading.of(gpus(50, 30), device("cpu", 20), plain())));
    assertEquals(
        "cuda:0 (embedding, layers 0 to 1); cpu (layers 2 to 3, unembedding)",
        shown(gpus(55), device("cpu", 50), plain()));
  }

  /** Devices by name, GPUs first. */
  private static String reordered(Placement placement) {
    List<String> parts = new java.util.ArrayList<>(List.of(placement.shown().split("; ")));
    Collections.sort(parts, Collections.reverseOrder((a, b) -> rank(b) - rank(a)));
    return String.join("; ", parts);
  }

  private static int rank(String part) {
    return part.startsWith("cpu") ? 9 : part.charAt(5) - '0';
  }

  @Test
  void devicesWithNothingFreeAreSkipped() {
    List<FreeMemory> some =
        List.of(
            new FreeMemory("cuda:0", 0),
            device("cuda:1", 60),
            new FreeMemory("cuda:2", FreeMemory.LEAST_RESERVE),
            device("cuda:3", 60));
    assertEquals(
        "cuda:1 (embedding, layers 0 to 1); cuda:3 (layers 2 to 3, unembedding)",
        shown(some, NO_CPU, plain()));
  }

  @Test
  void aGpuThatHoldsNoLayerHoldsNothing() {
    assertEquals(Placement.on("cpu", 4), Spreading.of(gpus(15, 0), device("cpu", 100), plain()));
    assertEquals(Placement.on("cpu", 4), Spreading.of(List.of(), device("cpu", 100), plain()));
  }

  @Test
  void aTiedUnembeddingLiesWhereTheEmbeddingDoes() {
    Placement placement = Spreading.of(gpus(40, 60), NO_CPU, sizes(true, 15, 1, 20, 20, 20));
    assertEquals("cuda:0", placement.embedding());
    assertEquals(List.of("cuda:0", "cuda:1", "cuda:1"), placement.blocks());
    assertEquals("cuda:0", placement.end());
    // an embedding too large for the first device does not keep layers from it
    Placement large = Spreading.of(gpus(40, 60), NO_CPU, sizes(true, 45, 1, 20, 20));
    assertEquals("cuda:1", large.embedding());
    assertEquals(List.of("cuda:0", "cuda:0"), large.blocks());
    assertEquals("cuda:1", large.end());
  }

  @Test
  void whatFitsNowhereIsRefusedWithSizesAndCure() {
    DiagnosticException refused =
        assertThrows(
            DiagnosticException.class,
            () -> Spreading.of(gpus(50, 20), device("cpu", 10), plain()));
    assertEquals(DiagnosticException.Kind.MEMORY, refused.kind());
    Diagnostic only = refused.diagnostics().get(0);
    assertEquals("device.too-small", only.id());
    assertEquals(
        "no devices hold the weights, 100M (embedding 10M, 4 layers of at most 20M, unembedding"
            + " 10M): cuda:0 can take 50M, cuda:1 can take 20M, cpu can take 10M",
        only.message());
    assertTrue(only.help().get(0).contains("--dtype"));
    assertThrows(DiagnosticException.class, () -> Spreading.of(gpus(0), NO_CPU, plain()));
  }

  @Test
  void somethingIsLeftForWhatARunComputes() {
    assertEquals(0, new FreeMemory("cuda:0", 100 * MIB).forWeights());
    assertEquals(70L << 30, new FreeMemory("cuda:0", 80L << 30).forWeights());
    Placement placement = Spreading.of(gpus(60, 60), NO_CPU, plain());
    assertEquals(50 * MIB, placement.bytes("cuda:0", plain()));
    assertEquals(50 * MIB, placement.bytes("cuda:1", plain()));
  }
}
