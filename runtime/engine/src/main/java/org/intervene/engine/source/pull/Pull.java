package org.intervene.engine.source.pull;

import java.util.List;
import org.intervene.engine.source.HubCache;
import org.intervene.engine.source.HubName;
import org.intervene.engine.source.UserPlaces;

/**
 * Downloads a model: {@code config.json}, safetensors and tokenizer files, never pickles and never
 * code. A file is only visible once its length and digest are what the hub promises; what an
 * interrupted download left is used by the next one.
 */
public final class Pull {
  private final HubName name;
  private final PullProgress progress;
  private final Patience patience;
  private final PullProblem problem;
  private final HubAddress hub;
  private final HubClient client;
  private final CacheWriter cache;
  private long before;
  private long total;

  Pull(HubName name, UserPlaces places, PullProgress progress, Patience patience) {
    this.name = name;
    this.progress = progress;
    this.patience = patience;
    this.problem = new PullProblem(name);
    if (places.says("HF_HUB_OFFLINE")) {
      throw problem.offline();
    }
    this.hub = HubAddress.of(places, problem);
    this.client = new HubClient(hub, patience, problem);
    this.cache = new CacheWriter(new HubCache(places.hubCache()), name, problem);
  }

  /**
   * Downloads what is not here yet.
   *
   * @param places where the cache is, and {@code HF_ENDPOINT} and the token
   * @throws org.intervene.diagnostic.DiagnosticException if it does not succeed; an interrupted
   *     thread stays interrupted
   */
  public static Pulled pull(HubName name, UserPlaces places, PullProgress progress) {
    return new Pull(name, places, progress, Patience.usual()).run();
  }

  Pulled run() {
    try {
      HubListing listing = HubListing.fetch(name, hub, client, patience, problem);
      total = listing.size();
      long have = listing.files().stream().mapToLong(cache::have).sum();
      cache.requireRoom(total - have);
      long fetched = 0;
      for (HubFile file : listing.files()) {
        fetched += cache.has(file) ? 0 : fetch(listing.commit(), file);
        before += file.size();
        progress.reached(file.name(), before, total);
      }
      listing.files().forEach(file -> cache.link(listing.commit(), file));
      cache.refer(listing.commit());
      return pulled(listing, fetched);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw problem.interrupted();
    }
  }

  private long fetch(String commit, HubFile file) throws InterruptedException {
    try (PartialFile partial = PartialFile.open(cache.partial(file), file.name(), problem)) {
      long fetched =
          new Download(
                  file,
                  hub.file(name, commit, file.name()),
                  client,
                  patience,
                  problem,
                  done -> progress.reached(file.name(), before + done, total))
              .into(partial);
      partial.finish(cache.blob(file));
      return fetched;
    }
  }

  private Pulled pulled(HubListing listing, long fetched) {
    List<String> files = listing.files().stream().map(HubFile::name).sorted().toList();
    return new Pulled(
        name, listing.commit(), cache.cache().snapshot(name, listing.commit()), files, fetched);
  }
}
