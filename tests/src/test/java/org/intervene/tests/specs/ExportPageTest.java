package org.intervene.tests.specs;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExportPageTest {
  @Test
  void itsOutputIsWhatItsCommandPrints() throws IOException, InterruptedException {
    ShownOutput.isCurrent(
        Published.ROOT.resolve("docs/export.md"),
        "export specs/subject-tracing.ivn --run patched --metric restored --across pos");
  }
}
