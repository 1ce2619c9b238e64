package org.intervene.cli;

import java.io.IOException;
import java.io.OutputStream;

/** Output whose reader may leave early, as {@code head} does; any other failure is one. */
final class PipeOutput extends OutputStream {
  private final OutputStream target;
  private boolean readerLeft;

  PipeOutput(OutputStream target) {
    this.target = target;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (readerLeft) {
      return;
    }
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      readerLeft = String.valueOf(e.getMessage()).contains("Broken pipe");
      if (!readerLeft) {
        throw e;
      }
    }
  }
}
