package org.intervene.journal;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * A file of frames, each a length (4 bytes), a kind (1 byte), a content, and the CRC-32C of kind
 * and content (4 bytes). What is written to it does not stop for an interrupted thread, as a
 * channel would.
 */
final class Frames implements Closeable {
  private static final byte[] MAGIC = {'I', 'V', 'N', 'J', 'R', 'N', 'L', 1};
  private static final int AROUND = 9;
  private static final int UNFINISHED = -1;
  private static final int BUFFER = 1 << 16;

  /** Frames that are this old reach the disk together with the next one, in nanoseconds. */
  private static final long UNSAFE = 200_000_000;

  private final RandomAccessFile file;
  private long synced = System.nanoTime();

  private Frames(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * A frame.
   *
   * @param at where its content begins in the file
   */
  record Frame(int kind, byte[] content, long at) {
    long end() {
      return at + content.length + Integer.BYTES;
    }
  }

  /** Opens a file, which is made if there is none. */
  static Frames open(Path path) throws IOException {
    return new Frames(new RandomAccessFile(path.toFile(), "rw"));
  }

  /** Keeps other processes off, as long as it is open; false if one has it. */
  boolean lock() throws IOException {
    try {
      FileLock lock = file.getChannel().tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Whether the file begins as one of these does, as far as it goes. */
  boolean isOne() throws IOException {
    byte[] start = read(0, (int) Math.min(MAGIC.length, file.length()));
    return java.util.Arrays.equals(start, java.util.Arrays.copyOf(MAGIC, start.length));
  }

  /** Where the first frame begins. */
  static long first() {
    return MAGIC.length;
  }

  /** The frame at a place; null if no whole one is there. */
  Frame at(long place) throws IOException {
    long left = file.length() - place - AROUND;
    if (left < 0) {
      return null;
    }
    ByteBuffer head = ByteBuffer.wrap(read(place, Integer.BYTES + 1));
    int length = head.getInt();
    if (length < 0 || length > left) {
      return null;
    }
    int kind = head.get();
    long at = place + Integer.BYTES + 1;
    byte[] content = read(at, length);
    int sum = ByteBuffer.wrap(read(at + length, Integer.BYTES)).getInt();
    return sum == sum(kind, content) ? new Frame(kind, content, at) : null;
  }

  /** Forgets what stands from a place on; before the first frame it is a file of none. */
  void cut(long place) throws IOException {
    if (place < MAGIC.length) {
      file.setLength(0);
      file.write(MAGIC);
    } else {
      file.setLength(place);
    }
    file.seek(file.length());
  }

  /** Writes a frame behind the others; returns where its content begins. */
  long append(int kind, byte[]... parts) throws IOException {
    long place = file.length();
    int length = 0;
    for (byte[] part : parts) {
      length = Math.addExact(length, part.length);
    }
    byte[] head = ByteBuffer.allocate(5).putInt(length).put((byte) kind).array();
    file.seek(place);
    file.write(head);
    for (byte[] part : parts) {
      file.write(part);
    }
    file.write(ByteBuffer.allocate(Integer.BYTES).putInt(sum(kind, parts)).array());
    return place + head.length;
  }

  /** What a frame holds. */
  interface Content {
    void to(DataOutputStream out) throws IOException;
  }

  /**
   * Writes a frame whose content is made as it is written: it may be large. Until it is whole it
   * has no length.
   */
  void append(int kind, Content content) throws IOException {
    long place = file.length();
    file.seek(place);
    file.write(ByteBuffer.allocate(5).putInt(UNFINISHED).put((byte) kind).array());
    CRC32C sum = new CRC32C();
    sum.update(kind);
    try (DataOutputStream out = stream(sum)) {
      content.to(out);
    }
    long length = file.getFilePointer() - place - Integer.BYTES - 1;
    if (length > Integer.MAX_VALUE - AROUND) {
      throw new IOException("one step's means, vectors and numbers take more than 2 GiB");
    }
    file.writeInt((int) sum.getValue());
    file.seek(place);
    file.writeInt((int) length);
  }

  private DataOutputStream stream(CRC32C sum) {
    OutputStream end =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            file.write(b);
          }

          @Override
          public void write(byte[] bytes, int start, int length) throws IOException {
            file.write(bytes, start, length);
          }
        };
    return new DataOutputStream(
        new BufferedOutputStream(new CheckedOutputStream(end, sum), BUFFER));
  }

  /** Sees to it that frames outlive a power cut: at once, or soon. */
  void sync(boolean now) throws IOException {
    if (now || System.nanoTime() - synced > UNSAFE) {
      file.getFD().sync();
      synced = System.nanoTime();
    }
  }

  long length() throws IOException {
    return file.length();
  }

  byte[] read(long place, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.seek(place);
    file.readFully(bytes);
    return bytes;
  }

  private static int sum(int kind, byte[]... parts) {
    CRC32C sum = new CRC32C();
    sum.update(kind);
    for (byte[] part : parts) {
      sum.update(part);
    }
    return (int) sum.getValue();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
