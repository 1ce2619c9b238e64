package org.intervene.model.family;

import java.util.List;
import java.util.regex.Pattern;
import org.intervene.model.Architecture;

/**
 * The description of a family.
 *
 * @param name {@code model_type} in config.json
 * @param anchor a tensor that every checkpoint has, without prefix: tells which prefix is in use
 * @param prefixes what may stand before tensor names, the usual one first
 * @param inertTensors names (without prefix) of tensors that checkpoints carry and models do not
 *     read, such as masks
 * @param reader makes the parts from a config and the prefix of tensor names
 */
public record Family(
    String name, String anchor, List<String> prefixes, Pattern inertTensors, Reader reader) {

  /**
   * A family whose checkpoints carry no inert tensors but the frequencies of rotary embeddings,
   * which follow from the config.
   */
  static Family of(String name, String anchor, List<String> prefixes, Reader reader) {
    return new Family(name, anchor, prefixes, Pattern.compile(".*rotary_emb\\.inv_freq"), reader);
  }

  /** Makes an architecture from a config. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Reads all keys that matter; problems are left in the config.
     *
     * @param names what the checkpoint calls its tensors
     */
    Architecture read(Config config, Names names);
  }

  public Family {
    prefixes = List.copyOf(prefixes);
  }
}
