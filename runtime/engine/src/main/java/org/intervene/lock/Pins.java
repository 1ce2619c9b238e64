package org.intervene.lock;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.intervene.digest.Sha256;

/**
 * What stands behind the words of a spec on one machine.
 *
 * @param data by the dataset's name
 * @param files digests of the files that values are read from, by the path in the spec
 */
public record Pins(
    ModelPin model, Map<String, DataPin> data, Map<String, String> files, EnginePin engine) {
  public Pins {
    data = sorted(data);
    files = sorted(files);
  }

  /**
   * A model.
   *
   * @param source as the spec writes it
   * @param asked dtype, device and BOS policy as the spec writes them, or their defaults
   * @param revision commit of a hub model
   * @param dtype that the spec means
   * @param device kind of device: {@code cpu} or {@code cuda}
   * @param bos what is put around inputs, or {@code none}
   * @param files digests of configuration, weights and tokenizer, by name
   */
  public record ModelPin(
      String source,
      Map<String, String> asked,
      Optional<String> revision,
      String dtype,
      String device,
      String bos,
      SortedMap<String, String> files) {
    public ModelPin {
      asked = sorted(asked);
      files = sorted(files);
    }

    /** One digest of all files. */
    public String digest() {
      return Sha256.ofFiles(files);
    }
  }

  /**
   * A dataset.
   *
   * @param asked digest of the words that decide its rows
   * @param digest of the rows
   */
  public record DataPin(String asked, int rows, String digest) {}

  /**
   * The programs that compute.
   *
   * @param intervene version of this program
   * @param tensors name and version of the tensor engine
   */
  public record EnginePin(String intervene, String tensors) {}

  private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
