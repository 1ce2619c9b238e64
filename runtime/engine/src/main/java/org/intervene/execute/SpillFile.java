package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.Tensors;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.model.Dtype;
import org.intervene.optimise.Residence;

/**
 * A temporary file for tensors that memory cannot hold. Systems that can remove the name of an open
 * file do so at once: whatever ends the process, the space is free again.
 */
final class SpillFile implements AutoCloseable {
  private final Path folder;
  private final Dtype dtype;
  private FileChannel channel;
  private long end;

  /**
   * A file that is made when something is written to it.
   *
   * @param dtype of all tensors in it
   */
  SpillFile(Path folder, Dtype dtype) {
    this.folder = folder;
    this.dtype = dtype;
  }

  /**
   * Refuses to begin where the disk has too little space.
   *
   * @param bytes that will be written
   * @throws DiagnosticException if it has
   */
  void require(long bytes) {
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      if (bytes > free) {
        throw problem("%d MB are needed for it, and %d MB are free".formatted(mb(bytes), mb(free)));
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static long mb(long bytes) {
    return bytes / 1_000_000;
  }

  /** Bytes of a tensor. */
  long bytes(NDArray tensor) {
    return tensor.size() * dtype.bytes();
  }

  /**
   * Writes the rows of a tensor behind everything else.
   *
   * @param tensor [row, ...]
   * @return the byte at which they begin
   */
  long append(NDArray tensor) {
    long start = end;
    long rows = tensor.getShape().get(0);
    long row = bytes(tensor) / Math.max(1, rows);
    long some = Math.max(1, Residence.PIECE / Math.max(1, row));
    for (long first = 0; first < rows; first += some) {
      try (NDManager scope = tensor.getManager().newSubManager()) {
        NDArray piece = tensor.get(first + ":" + Math.min(rows, first + some));
        Home.keep(scope, piece);
        NDManager host = Home.CPU.under(scope);
        write(Tensors.bytes(host, Home.brought(host, piece)));
      }
    }
    return start;
  }

  private void write(NDArray bytes) {
    try {
      ByteBuffer content = content(bytes);
      while (content.hasRemaining()) {
        end += opened().write(content, end);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Reads rows.
   *
   * @param owner of the tensor, on the device that it is to be on
   * @param start the byte at which they begin
   */
  NDArray read(NDManager owner, long start, long... shape) {
    long length = dtype.bytes();
    for (long axis : shape) {
      length *= axis;
    }
    try (NDManager scope = TorchRuntime.start().newManager()) {
      NDArray bytes = Tensors.bytes(scope, length);
      fill(content(bytes), start);
      NDArray there = Home.brought(Home.of(owner).under(scope), bytes);
      return Tensors.ofBytes(owner, there, dtype, shape);
    }
  }

  private void fill(ByteBuffer content, long start) {
    try {
      long at = start;
      while (content.hasRemaining()) {
        int count = opened().read(content, at);
        if (count < 0) {
          throw new EOFException("it is shorter than what was written to it");
        }
        at += count;
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** A tensor's own memory. */
  private static ByteBuffer content(NDArray bytes) {
    return ((PtNDArray) bytes).toByteBuffer(true);
  }

  private FileChannel opened() throws IOException {
    if (channel == null) {
      channel =
          FileChannel.open(
              folder.resolve(".intervene-" + UUID.randomUUID() + ".spill"),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    }
    return channel;
  }

  private DiagnosticException failed(IOException e) {
    String reason = e.getMessage();
    return problem(reason == null ? e.getClass().getSimpleName() : reason.split("\n")[0]);
  }

  private DiagnosticException problem(String reason) {
    return DiagnosticException.resource(
        Diagnostic.inFile(
            "memory.spill",
            folder.toString(),
            "what the memory budget leaves no room for cannot be kept here: " + reason,
            "free space there, give more `--memory`, or choose another folder: that of the result"
                + " with `-o`, or `-Djava.io.tmpdir=DIR` in INTERVENE_JAVA_OPTIONS without"));
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
