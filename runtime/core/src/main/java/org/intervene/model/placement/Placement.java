package org.intervene.model.placement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The device of each part of a model, by name.
 *
 * @param embedding of token and position embeddings
 * @param blocks by layer
 * @param end of final norm and unembedding
 */
public record Placement(String embedding, List<String> blocks, String end) {
  public Placement {
    blocks = List.copyOf(blocks);
  }

  /** The whole model on one device. */
  public static Placement on(String device, int layers) {
    return new Placement(device, Collections.nCopies(layers, device), device);
  }

  /** The devices that hold anything, in the order in which a pass meets them. */
  public List<String> devices() {
    LinkedHashSet<String> met = new LinkedHashSet<>();
    met.add(embedding);
    met.addAll(blocks);
    met.add(end);
    return List.copyOf(met);
  }

  /** Whether more than one device holds anything. */
  public boolean isSpread() {
    return devices().size() > 1;
  }

  /** Bytes of the parts on a device. */
  public long bytes(String device, PartSizes sizes) {
    long blocksThere =
        IntStream.range(0, blocks.size())
            .filter(l -> blocks.get(l).equals(device))
            .mapToLong(l -> sizes.blocks().get(l))
            .sum();
    return (embedding.equals(device) ? sizes.embedding() : 0)
        + blocksThere
        + (end.equals(device) ? sizes.end() : 0);
  }

  /** {@code cuda:0 (embedding, layers 0 to 11); cuda:1 (layers 12 to 23, unembedding)}. */
  public String shown() {
    return devices().stream()
        .map(device -> device + " (" + String.join(", ", parts(device)) + ")")
        .collect(Collectors.joining("; "));
  }

  private List<String> parts(String device) {
    List<String> parts = new ArrayList<>();
    if (embedding.equals(device)) {
      parts.add("embedding");
    }
    int first = blocks.indexOf(device);
    int last = blocks.lastIndexOf(device);
    if (first >= 0) {
      parts.add(first == last ? "layer " + first : "layers " + first + " to " + last);
    }
    if (end.equals(device)) {
      parts.add("unembedding");
    }
    return parts;
  }
}
