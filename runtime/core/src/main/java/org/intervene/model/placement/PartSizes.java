package org.intervene.model.placement;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.intervene.model.Architecture;

/**
 * Bytes of a model's parts. A tensor that two parts share counts where it lies: an unembedding that
 * is the embedding's own tensor is part of the embedding.
 *
 * @param embedding tokens, positions and what comes with them
 * @param blocks by layer
 * @param end final norm and unembedding
 * @param tied whether the end has to lie where the embedding does
 */
public record PartSizes(long embedding, List<Long> blocks, long end, boolean tied) {
  public PartSizes {
    blocks = List.copyOf(blocks);
  }

  /** The sizes of a model's parts in a dtype whose elements have so many bytes. */
  public static PartSizes of(Architecture model, int elementBytes) {
    Map<String, long[]> start = model.embeddingTensors();
    Map<String, long[]> end = model.endTensors();
    end.keySet().removeAll(start.keySet());
    return new PartSizes(
        elements(start) * elementBytes,
        IntStream.range(0, model.layers())
            .mapToObj(l -> elements(model.blockTensors(l)) * elementBytes)
            .toList(),
        elements(end) * elementBytes,
        model.tied());
  }

  private static long elements(Map<String, long[]> tensors) {
    return tensors.values().stream()
        .mapToLong(shape -> LongStream.of(shape).reduce(1, Math::multiplyExact))
        .sum();
  }

  /** Bytes of the whole model. */
  public long all() {
    return embedding + blocks.stream().mapToLong(b -> b).sum() + end;
  }
}
