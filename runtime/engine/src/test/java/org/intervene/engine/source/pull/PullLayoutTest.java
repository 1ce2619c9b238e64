package org.intervene.engine.source.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.intervene.engine.source.HubName;
import org.junit.jupiter.api.Test;

/** What a download leaves in the cache. */
class PullLayoutTest extends PullCase {
  @Test
  void writesTheLayoutOfTheHubsOwnTools() throws IOException {
    Pulled pulled = pull("org/tiny");
    assertWhole();
    assertEquals(FakeHub.COMMIT, pulled.commit());
    assertEquals(List.of("config.json", WEIGHTS, "tokenizer.json"), pulled.files());
    assertEquals(FakeHub.COMMIT, Files.readString(folder().resolve("refs/main")));
    assertEquals(
        Path.of("../../blobs/" + FakeHub.sha256(CONTENT)),
        Files.readSymbolicLink(pulled.snapshot().resolve(WEIGHTS)));
    assertEquals(
        Path.of("../../blobs/" + FakeHub.gitSha1(hub.files.get("config.json"))),
        Files.readSymbolicLink(pulled.snapshot().resolve("config.json")));
    long total = hub.files.values().stream().mapToLong(content -> content.length).sum();
    assertEquals(total, reached.get(reached.size() - 1));
    assertEquals(total, pulled.downloaded());
  }

  @Test
  void whatIsHereIsNotFetchedAgain() {
    pull("org/tiny");
    hub.asked.clear();
    assertEquals(0, pull("org/tiny@pr/1").downloaded());
    assertEquals(List.of(), hub.askedForFiles());
    assertTrue(Files.exists(folder().resolve("refs/pr/1")));
  }

  @Test
  void aCommitNeedsNoReference() {
    Pulled pulled = pull("org/tiny@" + FakeHub.COMMIT);
    assertFalse(Files.exists(folder().resolve("refs")));
    assertEquals(FakeHub.COMMIT, pulled.commit());
  }

  @Test
  void picklesCodeAndPathsAreLeftAlone() {
    for (String name :
        List.of(
            "pytorch_model.bin",
            "model.pt",
            "modeling_tiny.py",
            "../../evil.json",
            "sub/config.json",
            "/etc/config.json",
            "tokenizer/../config.json",
            "README.md",
            "consolidated.safetensors",
            "model-00001-of-00002.safetensors",
            "model.safetensors.index.json")) {
      hub.files.put(name, CONTENT);
    }
    assertEquals(List.of("config.json", WEIGHTS, "tokenizer.json"), pull("org/tiny").files());
  }

  @Test
  void shardsComeWithTheirIndex() {
    hub.files.remove(WEIGHTS);
    List<String> sharded =
        List.of(
            "model-00001-of-00002.safetensors",
            "model-00002-of-00002.safetensors",
            "model.safetensors.index.json");
    sharded.forEach(name -> hub.files.put(name, FakeHub.content(name.hashCode() & 0xFFF)));
    assertTrue(pull("org/tiny").files().containsAll(sharded));
  }

  @Test
  void digestsMayComeWithTheFiles() throws IOException {
    hub.listsDigests = false;
    pull("org/tiny");
    assertTrue(Files.exists(folder().resolve("blobs").resolve(FakeHub.gitSha1(CONTENT))));
    assertWhole();
    hub.files.put("vocab.json", FakeHub.content(5));
    hub.habit = (exchange, content) -> answer(exchange, content);
    assertEquals("pull.no-digest", problem("org/tiny").id());
  }

  @Test
  void aCacheThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "in the way");
    variables.put("HF_HUB_CACHE", file.toString());
    assertEquals("cache.write-failed", problem("org/tiny").id());
  }

  @Test
  void twoDoNotWriteOneFile() throws IOException {
    try (PartialFile other =
        PartialFile.open(partial(), WEIGHTS, new PullProblem(HubName.parse("org/tiny").get()))) {
      assertEquals("pull.busy", problem("org/tiny").id());
      assertEquals(0, other.size());
    }
  }
}
