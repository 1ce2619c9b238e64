package org.intervene.engine.source.pull;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.intervene.engine.source.HubName;
import org.intervene.engine.source.UserPlaces;

/**
 * Where the hub is, and who asks.
 *
 * @param base scheme, host and perhaps a path, without a slash at the end
 * @param token sent to this host alone
 */
record HubAddress(URI base, Optional<HubToken> token) {
  private static final String USUAL = "https://huggingface.co";

  /** The hub that {@code HF_ENDPOINT} names, or the usual one, and the user's token. */
  static HubAddress of(UserPlaces places, PullProblem problem) {
    String written = places.variable("HF_ENDPOINT").orElse(USUAL);
    try {
      URI base = new URI(written.strip().replaceAll("/+$", ""));
      if (isWeb(base)) {
        return new HubAddress(base, HubToken.of(places, problem));
      }
    } catch (java.net.URISyntaxException e) {
      // said below
    }
    throw problem.endpoint(written);
  }

  static boolean isWeb(URI address) {
    boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    return web && address.getHost() != null && address.getRawUserInfo() == null;
  }

  /** What a revision is, with the digests of its files. */
  URI revision(HubName name) {
    String revision = URLEncoder.encode(name.revision(), StandardCharsets.UTF_8);
    return at("/api/models/" + name.repository() + "/revision/" + revision + "?blobs=true");
  }

  /** A file of a commit. */
  URI file(HubName name, String commit, String file) {
    return at("/" + name.repository() + "/resolve/" + commit + "/" + file);
  }

  /** Whether the token may be sent there: same scheme, host and port. */
  boolean trusts(URI address) {
    return base.getScheme().equals(address.getScheme())
        && base.getHost().equalsIgnoreCase(address.getHost())
        && base.getPort() == address.getPort();
  }

  private URI at(String path) {
    return URI.create(base + path);
  }
}
