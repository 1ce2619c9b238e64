package org.intervene.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that are killed, interrupted or out of disk, and continued. */
class ResumeTest {
  private static final String SPEC =
      """
      experiment "long"
      model "builtin:primer" dtype float32
      tokens names = ["Mary", "John", "Anna", "Peter", "Alice", "Paul", "Emma", "James"]
      data ioi template "When {A} and {B} went to the shop, {S} gave a book to" rows 6 seed 1 {
        A, B from names distinct
        S = B
        answer = A
        foil = B
      }
      data others template "When {A} and {B} went to the park, {S} gave a ring to" rows 6 seed 2 {
        A, B, S from names distinct
      }
      vector towards = mean(resid_post[1] @ last over others.clean) - unembed(" a")
      run clean on ioi.clean
      run averaged on ioi.clean for layer in all, head in all {
        mean z[layer].head[head] over others.clean by pos
        collect resid_post[all] @ last as stream
      }
      run noised on ioi.clean for layer in all, pos in 0..11 {
        noise resid_pre[layer] @ pos sigma 0.5 seed 3
      }
      run steered on ioi.clean for c in [1, 2, 3] { steer resid_post[1] @ last by towards * c }
      metric ld = logit(answer) - logit(foil)
      metric moved = kl(clean)
      metric along = dot(resid_post[3] @ last, towards)
      expect mean(clean.ld) > 0
      """;

  private static final String WIDE =
      """
      experiment "wide"
      model "builtin:primer" dtype float32
      data short rows { t [%s] }
      data long rows { t [%s] }
      run first on short.t for layer in all {
        zero resid_post[layer] @ 3
        collect resid_post[all] @ last as stream
      }
      run last on long.t { collect head_out[all] as heads }
      metric l = logit(7)
      """;

  private static final int HEAD = 8;
  private static final int PACK = 2;

  @TempDir Path folder;
  private Path spec;
  private Path result;
  private Path journal;

  /** How a process ended. */
  private record Ended(int status, String printed) {}

  @BeforeEach
  void writeSpec() throws IOException {
    spec = Files.writeString(folder.resolve("long.ivn"), SPEC);
    result = folder.resolve("result");
    journal = folder.resolve(".result.journal");
  }

  @Test
  void killedAtAnyMomentItGoesOnToTheSameBytes() throws IOException, InterruptedException {
    Path whole = folder.resolve("whole");
    Ended first = ended(run(whole));
    assertEquals(0, first.status(), first.printed());
    for (int packs : List.of(1, 150, 330)) {
      Process process = run(result, "--resume");
      waitFor(process, packs);
      signal(process, "-KILL");
      assertEquals(128 + 9, ended(process).status(), "it was killed");
      assertFalse(Files.exists(result), "half a result");
    }
    Ended last = ended(run(result, "--resume"));
    assertEquals(0, last.status(), last.printed());
    assertTrue(last.printed().contains("going on after"), last.printed());
    assertSame(whole, result);
    assertEquals(List.of("long.ivn", "long.lock.json", "result", "whole"), names(folder));
  }

  @Test
  void interruptedItSaysHowToGoOn() throws IOException, InterruptedException {
    Process process = start(List.of("env", "--default-signal=INT"), words(result));
    waitFor(process, 20);
    signal(process, "-INT");
    Ended ended = ended(process);
    assertEquals(130, ended.status(), ended.printed());
    String command =
        "intervene run " + spec + " -o " + result + " --plan strict --threads 1 --resume";
    assertTrue(ended.printed().contains("help: `" + command + "` goes on"), ended.printed());
    assertTrue(ended.printed().matches("(?s).*interrupted after \\d+ of \\d+ steps.*"));
    assertEquals(List.of(".result.journal", "long.ivn"), names(folder));

    Ended again = ended(run(result));
    assertEquals(3, again.status(), again.printed());
    assertTrue(again.printed().contains("error[journal.unfinished]"), again.printed());
    Files.writeString(spec, SPEC.replace("sigma 0.5", "sigma 0.25"));
    Ended other = ended(run(result, "--resume"));
    assertEquals(3, other.status(), other.printed());
    assertTrue(other.printed().contains("error[journal.other-run]"), other.printed());
    assertTrue(other.printed().contains("the spec is sha256:"), other.printed());
  }

  /** After the first step comes one whose tensor does not fit into what Java may take. */
  @Test
  void aFullJavaMemoryLosesNothing() throws IOException, InterruptedException {
    Files.writeString(spec, WIDE.formatted(ids(12), ids(64)));
    Path whole = folder.resolve("whole");
    Ended first = ended(run(whole));
    assertEquals(0, first.status(), first.printed());
    List<String> small = List.of("-XX:MaxDirectMemorySize=500k");
    Ended full = ended(start(List.of(), small, words(result)));
    assertEquals(4, full.status(), full.printed());
    assertTrue(full.printed().contains("error[memory.exhausted]"), full.printed());
    assertTrue(full.printed().contains("INTERVENE_JAVA_OPTIONS=-Xmx"), full.printed());
    assertTrue(full.printed().contains(" --resume` goes on"), full.printed());
    assertFalse(full.printed().contains("\tat "), full.printed());
    assertFalse(Files.exists(result), "half a result");
    assertEquals(1, packs());
    Ended resumed = ended(run(result, "--resume"));
    assertEquals(0, resumed.status(), resumed.printed());
    assertTrue(resumed.printed().contains("going on after 1 of"), resumed.printed());
    assertSame(whole, result);
  }

  private static String ids(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }

  @Test
  void aFullDiskLosesNothing() throws IOException, InterruptedException {
    Ended first = ended(run(result));
    assertEquals(0, first.status(), first.printed());
    Path whole = folder.resolve("whole");
    Files.move(result, whole);
    Files.createDirectory(result);
    String older = "{\"format\": 1, \"digest\": \"sha256:0\"}";
    Files.writeString(result.resolve("result.json"), older);
    List<String> limited = List.of("sh", "-c", "ulimit -f 400; exec \"$@\"", "limited");
    Ended full = ended(start(limited, words(result)));
    assertEquals(3, full.status(), full.printed());
    assertTrue(full.printed().contains("error[journal.write-failed]"), full.printed());
    assertEquals(older, Files.readString(result.resolve("result.json")));
    assertTrue(packs() > 0);

    Ended resumed = ended(run(result, "--resume"));
    assertEquals(0, resumed.status(), resumed.printed());
    assertSame(whole, result);
  }

  private static void assertSame(Path whole, Path resumed) throws IOException {
    TreeMap<String, byte[]> one = content(whole);
    TreeMap<String, byte[]> other = content(resumed);
    assertEquals(one.keySet(), other.keySet());
    assertTrue(one.containsKey("tensors.safetensors"));
    for (String name : one.keySet()) {
      if (!name.equals("run.json")) {
        assertArrayEquals(one.get(name), other.get(name), name);
      }
    }
  }

  private static TreeMap<String, byte[]> content(Path directory) throws IOException {
    TreeMap<String, byte[]> content = new TreeMap<>();
    for (String name : names(directory)) {
      content.put(name, Files.readAllBytes(directory.resolve(name)));
    }
    return content;
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private static void signal(Process process, String signal)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits until so many packs are written down. */
  private void waitFor(Process process, int packs) throws IOException, InterruptedException {
    while (process.isAlive() && packs() < packs) {
      Thread.sleep(1);
    }
    assertTrue(process.isAlive(), "it was done before it could be stopped");
  }

  /** Packs that the journal holds. */
  private int packs() throws IOException {
    if (!Files.exists(journal)) {
      return 0;
    }
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(journal));
    int packs = 0;
    int at = HEAD;
    while (at + 5 <= all.limit()
        && all.getInt(at) >= 0 // else it is being written
        && at + 9L + all.getInt(at) <= all.limit()) {
      packs += all.get(at + 4) == PACK ? 1 : 0;
      at += 9 + all.getInt(at);
    }
    return packs;
  }

  private List<String> words(Path directory, String... more) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("run", spec.toString(), "-o", directory.toString()));
    words.addAll(List.of("--plan", "strict", "--threads", "1"));
    words.addAll(List.of(more));
    return words;
  }

  private Process run(Path directory, String... more) throws IOException {
    return start(List.of(), words(directory, more));
  }

  private static Process start(List<String> wrapper, List<String> words) throws IOException {
    return start(wrapper, List.of(), words);
  }

  private static Process start(List<String> wrapper, List<String> options, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(words);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static Ended ended(Process process) throws IOException, InterruptedException {
    byte[] printed = process.getInputStream().readAllBytes();
    return new Ended(process.waitFor(), new String(printed, StandardCharsets.UTF_8));
  }
}
