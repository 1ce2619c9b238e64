package org.intervene.result;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that decides a result besides the experiment's own words.
 *
 * @param specText the spec as it was read
 * @param specDigest of what the spec says, whichever notation says it
 * @param modelSource as the spec writes it
 * @param digests SHA-256 of what was read, {@code sha256:HEX} by role: {@code model} and its parts
 *     {@code weights}, {@code config} and {@code tokenizer}, and {@code data/NAME}
 * @param device kind of device, {@code cpu} or {@code cuda}
 * @param placement what lies on which device, if it is more than one; else empty
 * @param bos what was prepended to inputs, or {@code none}
 * @param engine name and version of the tensor engine
 * @param version version of this program
 * @param parameters declared parameters with the values used
 * @param overridden those among them that the command line set
 */
public record Provenance(
    String specText,
    String specDigest,
    String modelSource,
    SortedMap<String, String> digests,
    String dtype,
    String device,
    String placement,
    String bos,
    String engine,
    String version,
    Map<String, String> parameters,
    Map<String, String> overridden) {
  public Provenance {
    digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    overridden = Collections.unmodifiableSortedMap(new TreeMap<>(overridden));
  }
}
