package org.intervene.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.journal.JournalFile.Mode;
import org.intervene.journal.PackRecord.Numbers;
import org.intervene.plan.Execution.CollectKey;
import org.intervene.plan.Execution.CollectedTensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
  private static final Map<String, String> RUN = Map.of("the spec", "a", "--threads", "1");
  private static final CollectKey KEY = new CollectKey(7, "stream");
  private static final int PACKS = 3;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve(".result.journal");
  }

  /** What a pack leaves behind, other for each. */
  private static PackRecord record(int pack) {
    return new PackRecord(
        new Numbers(new int[] {pack, pack}, new int[] {0, 1}, new double[] {pack, Double.NaN}),
        List.of(new PackRecord.Waiting(pack, 2, 1, new double[] {1, -0.0, 0.1})),
        List.of(new PackRecord.Row(pack, 4, new double[] {Double.NEGATIVE_INFINITY, 2})),
        Map.of(pack, new double[] {3, 4}),
        List.of(new PackRecord.Mean(1, Map.of(5, new double[] {6}), Map.of(5, 2))));
  }

  private static CollectedTensor tensor() {
    return new CollectedTensor("F32", new long[] {2}, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
  }

  /** Writes two of three packs. */
  private void writeTwo() {
    try (JournalFile journal = new JournalFile(file, Mode.NEW)) {
      Journal open = journal.open(RUN, PACKS);
      open.append(record(0));
      assertArrayEquals(tensor().bytes(), open.save(KEY, tensor()).bytes());
      open.append(record(1));
      assertEquals(2, journal.finished());
    }
  }

  @Test
  void givesBackWhatWasWritten() throws IOException {
    writeTwo();
    try (JournalFile journal = new JournalFile(file, Mode.RESUME)) {
      Journal open = journal.open(RUN, PACKS);
      assertEquals(2, journal.resumed());
      for (int pack = 0; pack < 2; pack++) {
        byte[] found = written(pack, open.finished().get(pack));
        assertArrayEquals(written(pack, record(pack)), found);
      }
      CollectedTensor saved = open.saved().get(KEY);
      assertEquals("F32", saved.dtype());
      assertArrayEquals(new long[] {2}, saved.shape());
      assertArrayEquals(tensor().bytes(), saved.bytes());
      open.append(record(2));
      assertArrayEquals(tensor().bytes(), saved.bytes());
      journal.delete();
    }
    assertFalse(Files.exists(file));
  }

  /**
   * However much of it reached the disk, what is whole counts, and the rest can be written again.
   */
  @Test
  void dropsATornRecord() throws IOException {
    writeTwo();
    byte[] whole = Files.readAllBytes(file);
    int before = -1;
    for (int length = 0; length <= whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (JournalFile journal = new JournalFile(file, Mode.RESUME)) {
        Journal open = journal.open(RUN, PACKS);
        int found = journal.resumed();
        assertTrue(found >= before, "at " + length);
        before = found;
        assertEquals(found == 2, open.saved().containsKey(KEY), "at " + length);
        for (int pack = found; pack < PACKS; pack++) {
          open.append(record(pack));
        }
      }
      try (JournalFile journal = new JournalFile(file, Mode.RESUME)) {
        assertEquals(PACKS, journal.open(RUN, PACKS).finished().size(), "at " + length);
      }
    }
    assertEquals(2, before);
  }

  @Test
  void dropsWhatFollowsADamagedByte() throws IOException {
    writeTwo();
    byte[] whole = Files.readAllBytes(file);
    for (int at = 8; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x20;
      Files.write(file, damaged);
      try (JournalFile journal = new JournalFile(file, Mode.RESUME)) {
        Journal open = journal.open(RUN, PACKS);
        assertTrue(journal.resumed() < 2, "byte " + at);
        for (int pack = 0; pack < journal.resumed(); pack++) {
          byte[] found = written(pack, open.finished().get(pack));
          assertArrayEquals(written(pack, record(pack)), found, "byte " + at);
        }
      }
    }
  }

  @Test
  void namesWhatIsOtherThanBefore() {
    writeTwo();
    Diagnostic found = problem(Mode.RESUME, Map.of("the spec", "b", "--threads", "1"));
    assertEquals("journal.other-run", found.id());
    assertTrue(found.message().endsWith("the spec is b here and was a"), found.message());
    assertEquals(file.toString(), found.place().file());
  }

  @Test
  void losesNothingByAccident() {
    writeTwo();
    Diagnostic found = problem(Mode.NEW, RUN);
    assertEquals("journal.unfinished", found.id());
    assertTrue(found.message().contains("after 2 of 3 steps"), found.message());
    try (JournalFile journal = new JournalFile(file, Mode.RESTART)) {
      assertEquals(0, journal.open(RUN, PACKS).finished().size());
    }
    assertFalse(Files.exists(file), "nothing was finished");
  }

  @Test
  void anotherSpecBeginsAnew() {
    writeTwo();
    try (JournalFile journal = new JournalFile(file, Mode.NEW)) {
      assertEquals(0, journal.open(Map.of("the spec", "b"), PACKS).finished().size());
    }
  }

  @Test
  void belongsToOneRunAtATime() {
    try (JournalFile journal = new JournalFile(file, Mode.NEW)) {
      journal.open(RUN, PACKS).append(record(0));
      assertEquals("journal.in-use", problem(Mode.RESUME, RUN).id());
    }
  }

  @Test
  void isNotTakenForAnotherFile() throws IOException {
    Files.writeString(file, "somebody's notes");
    assertEquals("journal.unreadable", problem(Mode.RESTART, RUN).id());
    assertEquals("somebody's notes", Files.readString(file));
  }

  @Test
  void saysWhereItCannotBeWritten() throws IOException {
    Files.createDirectory(file);
    assertEquals("journal.write-failed", problem(Mode.NEW, RUN).id());
  }

  private Diagnostic problem(Mode mode, Map<String, String> run) {
    try (JournalFile journal = new JournalFile(file, mode)) {
      DiagnosticException e =
          assertThrows(DiagnosticException.class, () -> journal.open(run, PACKS));
      assertEquals(DiagnosticException.Kind.RESOURCE, e.kind());
      return e.diagnostics().get(0);
    }
  }

  private static byte[] written(int pack, PackRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RecordCodec.record(pack, record, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
