package org.intervene.engine.source.pull;

import java.nio.file.Path;
import java.util.List;
import org.intervene.engine.source.HubName;

/**
 * A model that is now in the cache.
 *
 * @param name as it was asked for
 * @param commit what the revision is, 40 hexadecimal digits
 * @param snapshot the directory of its files
 * @param files names of its files, in alphabetical order
 * @param downloaded bytes that had to be fetched; 0 if all were here
 */
public record Pulled(
    HubName name, String commit, Path snapshot, List<String> files, long downloaded) {
  public Pulled {
    files = List.copyOf(files);
  }
}
