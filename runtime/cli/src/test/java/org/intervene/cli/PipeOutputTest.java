package org.intervene.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipeOutputTest {
  /** Fails in every write, in the way that is given. */
  private static OutputStream failing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(reason);
      }
    };
  }

  private static int statusOf(String reason, ByteArrayOutputStream errors) {
    PrintStream out = new PrintStream(new PipeOutput(failing(reason)), true);
    PrintStream err = new PrintStream(errors, true);
    Terminal terminal = new Terminal(out, err, false, false, Map.of());
    return new Program(new EnginePipeline(), terminal).execute("--version");
  }

  @Test
  void aReaderMayLeave() {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    assertEquals(ExitStatus.DONE, statusOf("Broken pipe", errors));
    assertEquals("", errors.toString());
  }

  @Test
  void aFullDiskIsAnError() {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    assertEquals(ExitStatus.RESOURCE, statusOf("No space left on device", errors));
    assertEquals(
        """
        error[output.failed] standard output cannot be written
        help: free the space that it needs, or send it elsewhere
        """,
        errors.toString());
  }
}
