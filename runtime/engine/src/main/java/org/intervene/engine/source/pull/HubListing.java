package org.intervene.engine.source.pull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.source.HubName;

/**
 * What a revision is: its commit, and the wanted files with their digests, smallest first.
 *
 * @param commit 40 hexadecimal digits
 */
record HubListing(String commit, List<HubFile> files) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** No listing of a real repository is nearly as long, in bytes. */
  private static final int LONGEST = 1 << 26;

  /** Bytes of all files together. */
  long size() {
    return files.stream().mapToLong(HubFile::size).sum();
  }

  /** Asks the hub, several times if need be. */
  static HubListing fetch(
      HubName name, HubAddress hub, HubClient client, Patience patience, PullProblem problem)
      throws InterruptedException {
    URI address = hub.revision(name);
    for (int failures = 1; ; failures++) {
      Duration asked = Duration.ZERO;
      try {
        return new Reader(name, hub, client, problem).read(address);
      } catch (HubClient.Unreachable e) {
        throw problem.noConnection(address, e.getMessage());
      } catch (HubClient.BusyServer e) {
        asked = e.pause();
        if (failures == patience.attempts()) {
          throw problem.server(address, "answers with " + e.getMessage());
        }
      } catch (IOException e) {
        if (failures == patience.attempts()) {
          throw problem.noConnection(address, PullProblem.said(e));
        }
      }
      patience.pauseAfter(failures, asked);
    }
  }

  private record Reader(HubName name, HubAddress hub, HubClient client, PullProblem problem) {

    HubListing read(URI address) throws IOException, InterruptedException {
      JsonNode root = json(address);
      String commit = root.path("sha").asText();
      boolean asAsked = !HubName.isCommit(name.revision()) || name.revision().equals(commit);
      if (!HubName.isCommit(commit) || !asAsked) {
        throw problem.server(address, "does not say which commit this is");
      }
      List<HubFile> files = new ArrayList<>();
      for (JsonNode sibling : wanted(root.path("siblings"))) {
        files.add(file(commit, sibling));
      }
      files.sort(Comparator.comparingLong(HubFile::size).thenComparing(HubFile::name));
      return new HubListing(commit, List.copyOf(files));
    }

    private JsonNode json(URI address) throws IOException, InterruptedException {
      try (InputStream body = client.get(address, 0).body()) {
        byte[] bytes = body.readNBytes(LONGEST);
        return Optional.ofNullable(JSON.readTree(bytes)).orElseGet(JSON::createObjectNode);
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        throw problem.server(address, "answers something that no hub answers");
      }
    }

    /** One file for each wanted name; of shards and a single file, the single one. */
    private List<JsonNode> wanted(JsonNode siblings) {
      TreeMap<String, JsonNode> byName = new TreeMap<>();
      names(siblings)
          .filter(file -> Wanted.isWanted(file.path("rfilename").asText()))
          .forEach(file -> byName.put(file.path("rfilename").asText(), file));
      if (byName.keySet().stream().noneMatch(Wanted::isWeights)) {
        throw problem.noWeights(
            names(siblings)
                .anyMatch(f -> f.path("rfilename").asText().matches(".+\\.(bin|pt|pth)")));
      }
      if (byName.containsKey(Wanted.SINGLE)) {
        byName.keySet().removeIf(Wanted::isOfShards);
      }
      return List.copyOf(byName.values());
    }

    private static Stream<JsonNode> names(JsonNode siblings) {
      return StreamSupport.stream(siblings.spliterator(), false);
    }

    private HubFile file(String commit, JsonNode sibling) throws IOException, InterruptedException {
      String file = sibling.path("rfilename").asText();
      JsonNode large = sibling.path("lfs");
      Optional<BlobDigest> digest =
          BlobDigest.parse(
              large.isObject() ? large.path("sha256").asText() : sibling.path("blobId").asText());
      JsonNode size =
          large.path("size").isIntegralNumber() ? large.path("size") : sibling.path("size");
      return digest.isPresent() && size.isIntegralNumber() && size.longValue() >= 0
          ? new HubFile(file, size.longValue(), digest.get())
          : asked(commit, file);
    }

    /** Older hubs and mirrors say size and digest only in the headers of the file itself. */
    private HubFile asked(String commit, String file) throws IOException, InterruptedException {
      URI address = hub.file(name, commit, file);
      DiagnosticException unknown = problem.noDigest(file);
      HttpResponse<InputStream> head = client.head(address);
      BlobDigest digest =
          header(head, "X-Linked-Etag", "ETag")
              .flatMap(BlobDigest::parse)
              .orElseThrow(() -> unknown);
      String size =
          header(head, "X-Linked-Size", "Content-Length")
              .filter(digits -> digits.matches("[0-9]{1,18}"))
              .orElseThrow(() -> unknown);
      return new HubFile(file, Long.parseLong(size), digest);
    }

    private static Optional<String> header(HttpResponse<?> response, String first, String second) {
      return response.headers().firstValue(first).or(() -> response.headers().firstValue(second));
    }
  }
}
