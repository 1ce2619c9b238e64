package org.intervene.engine.source.pull;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What is here of a file, kept for this process alone. What goes wrong with it is the disk's fault,
 * and trying again does not help.
 */
final class PartialFile implements Closeable {
  private final Path path;
  private final FileChannel channel;
  private final PullProblem problem;

  private PartialFile(Path path, FileChannel channel, PullProblem problem) {
    this.path = path;
    this.channel = channel;
    this.problem = problem;
  }

  /**
   * Opens what an earlier attempt left, or an empty file.
   *
   * @param name of the whole file, for messages
   */
  static PartialFile open(Path path, String name, PullProblem problem) {
    try {
      Files.createDirectories(path.getParent());
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw problem.busy(name);
      }
      return new PartialFile(path, channel, problem);
    } catch (IOException e) {
      throw problem.notWritten(path, e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw problem.notWritten(path, e);
    }
  }

  void cut(long size) {
    try {
      channel.truncate(size);
    } catch (IOException e) {
      throw problem.notWritten(path, e);
    }
  }

  void append(byte[] bytes, int length) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
      channel.position(channel.size());
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw problem.notWritten(path, e);
    }
  }

  boolean is(BlobDigest digest) {
    try {
      return digest.matches(path);
    } catch (IOException e) {
      throw problem.notWritten(path, e);
    }
  }

  /** Gives the whole file its own name. */
  void finish(Path whole) {
    try {
      channel.force(true);
      Files.move(path, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw problem.notWritten(whole, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw problem.notWritten(path, e);
    }
  }
}
