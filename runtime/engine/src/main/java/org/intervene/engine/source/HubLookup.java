package org.intervene.engine.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Suggestions;

/** Finds a hub model in the cache. */
record HubLookup(HubCache cache, Complaint complaint) {

  /**
   * The snapshot of a model.
   *
   * @param written what stands behind {@code hf:}
   */
  ResolvedModel find(String written) {
    HubName name =
        HubName.parse(written)
            .orElseThrow(() -> complaint.malformed("`" + written + "` is not ORG/NAME@REVISION"));
    try {
      Optional<String> commit = cache.commit(name);
      if (commit.isEmpty() || !Files.isDirectory(cache.snapshot(name, commit.get()))) {
        throw notCached(name);
      }
      Path snapshot = cache.snapshot(name, commit.get());
      DirectoryLookup.requireConfig(snapshot, complaint, pull(name));
      String shown = "hf:" + name.repository() + "@" + commit.get();
      return new ResolvedModel(complaint.source(), snapshot, shown, commit);
    } catch (IOException e) {
      throw complaint.resource(
          "cache.unreadable",
          "the hub cache `" + cache.root() + "` cannot be read: " + SourceProblem.reason(e),
          Optional.empty(),
          "check its permissions, or set HF_HUB_CACHE");
    }
  }

  private RuntimeException notCached(HubName name) throws IOException {
    List<String> revisions = cache.revisions(name);
    if (!revisions.isEmpty()) {
      return complaint.resource(
          "model.not-cached",
          "revision `" + name.revision() + "` of " + name.repository() + " is not in the cache",
          Suggestions.didYouMean(name.revision(), revisions),
          pull(name),
          "in the cache are " + String.join(", ", revisions));
    }
    return complaint.resource(
        "model.not-cached",
        name.repository() + " is not in the hub cache `" + cache.root() + "`",
        Suggestions.didYouMean(name.repository(), cache.repositories()),
        pull(name));
  }

  private static String pull(HubName name) {
    return "`intervene pull " + name + "` downloads it";
  }
}
