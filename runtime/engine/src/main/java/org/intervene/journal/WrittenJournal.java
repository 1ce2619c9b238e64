package org.intervene.journal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.journal.Frames.Frame;
import org.intervene.plan.Execution.CollectKey;
import org.intervene.plan.Execution.CollectedTensor;

/**
 * A journal in a file: what run it is, then the packs that have finished, each behind the tensors
 * that it saved. Whatever follows the last whole record of a pack does not count.
 */
final class WrittenJournal implements Journal {
  private static final int RUN = 0;
  private static final int TENSOR = 1;
  private static final int PACK = 2;

  private final Path path;
  private final Frames frames;
  private final int packs;
  private final List<PackRecord> finished = new ArrayList<>();
  private final Map<CollectKey, CollectedTensor> saved = new HashMap<>();
  private volatile int count;
  private long end;

  WrittenJournal(Path path, Frames frames, int packs) {
    this.path = path;
    this.frames = frames;
    this.packs = packs;
  }

  /** Reads what there is; the answer says what run it is of, null if that is not there. */
  SortedMap<String, String> read() throws IOException {
    Frame first = frames.length() < Frames.first() ? null : frames.at(Frames.first());
    if (first == null || first.kind() != RUN) {
      return null;
    }
    end = first.end();
    Map<CollectKey, CollectedTensor> open = new HashMap<>();
    for (Frame next = frames.at(end); next != null; next = frames.at(next.end())) {
      if (next.kind() == TENSOR) {
        RecordCodec.Head head = RecordCodec.head(next.content());
        long at = next.at() + head.length();
        int length = next.content().length - head.length();
        open.put(head.key(), stored(head.dtype(), head.shape(), at, length));
      } else {
        finished.add(RecordCodec.record(finished.size(), next.content()));
        saved.putAll(open);
        open.clear();
        end = next.end();
      }
    }
    frames.cut(end);
    count = finished.size();
    return RecordCodec.text(first.content());
  }

  /** Begins a journal of a run. */
  void begin(SortedMap<String, String> run) throws IOException {
    finished.clear();
    saved.clear();
    count = 0;
    frames.cut(0);
    frames.append(RUN, RecordCodec.text(run));
    frames.sync(true);
    end = frames.length();
  }

  int count() {
    return count;
  }

  int packs() {
    return packs;
  }

  @Override
  public List<PackRecord> finished() {
    return List.copyOf(finished);
  }

  @Override
  public Map<CollectKey, CollectedTensor> saved() {
    return Map.copyOf(saved);
  }

  @Override
  public CollectedTensor save(CollectKey key, CollectedTensor tensor) {
    byte[] head = RecordCodec.head(key, tensor);
    byte[] elements = tensor.bytes();
    try {
      long at = frames.append(TENSOR, head, elements) + head.length;
      return stored(tensor.dtype(), tensor.shape(), at, elements.length);
    } catch (IOException e) {
      throw undone(e);
    }
  }

  private CollectedTensor stored(String dtype, long[] shape, long at, int length) {
    return new CollectedTensor(dtype, shape, () -> elements(at, length));
  }

  private synchronized byte[] elements(long at, int length) {
    try {
      return frames.read(at, length);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  @Override
  public void append(PackRecord record) {
    try {
      frames.append(PACK, out -> RecordCodec.record(count, record, out));
      frames.sync(count + 1 == packs);
      end = frames.length();
      count = count + 1;
    } catch (IOException e) {
      throw undone(e);
    }
  }

  /** Takes back a record that could not be written whole. */
  private DiagnosticException undone(IOException cause) {
    try {
      frames.cut(end);
    } catch (IOException e) {
      cause.addSuppressed(e); // the record is cut off all the same, and does not count
    }
    return failed(path, cause);
  }

  void close() {
    try {
      frames.close();
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  static DiagnosticException failed(Path path, IOException e) {
    boolean system = e instanceof FileSystemException;
    String reason = system ? ((FileSystemException) e).getReason() : e.getMessage();
    return DiagnosticException.resource(
        Diagnostic.inFile(
            "journal.write-failed",
            path.toString(),
            "what the run has finished cannot be written down or read here: "
                + (reason == null ? e.getClass().getSimpleName() : reason.split("\n")[0]),
            "free the space or the permission it needs; `--resume` then goes on after what was"
                + " finished"));
  }
}
