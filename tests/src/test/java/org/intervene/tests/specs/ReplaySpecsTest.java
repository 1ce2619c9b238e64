package org.intervene.tests.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.intervene.junit.ReplaySpecs;
import org.intervene.replay.Replayed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The JUnit extension: a test for each spec, which fails with what moved. */
class ReplaySpecsTest {
  private static final String FOLDER = "target/replay-specs";
  private static final List<Replayed> SEEN = new ArrayList<>();

  /** Run by the tests below, on a folder of two specs. */
  static class Two {
    @ReplaySpecs(FOLDER)
    void replay(Replayed replayed) {
      SEEN.add(replayed);
    }
  }

  /** Run by a test below. */
  static class None {
    @ReplaySpecs("target/no-such-folder/")
    void replay() {}
  }

  /** Run by a test below, on a folder in which there is no spec. */
  static class Empty {
    @ReplaySpecs("src/test/resources/digests/result")
    void replay() {}
  }

  private SpecCopy patch;

  @BeforeEach
  void copy() throws IOException {
    SEEN.clear();
    patch = SpecCopy.of("examples/patch.ivn", Path.of(FOLDER));
    SpecCopy.of("examples/skip.yaml", Path.of(FOLDER, "below"));
  }

  private static TestExecutionSummary run(Class<?> tests) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }

  private static String failure(TestExecutionSummary summary) {
    assertEquals(1, summary.getFailures().size());
    return summary.getFailures().get(0).getException().getMessage();
  }

  @Test
  void eachSpecIsATestWhoseBodyRunsAfterIt() {
    TestExecutionSummary summary = run(Two.class);
    assertEquals(2, summary.getTestsSucceededCount());
    assertEquals(
        List.of("below/skip.yaml", "patch.ivn"),
        SEEN.stream().map(r -> Path.of(FOLDER).relativize(r.spec()).toString()).toList());
  }

  @Test
  void aMoveFailsItsTestAlone() {
    patch.move(0.5);
    TestExecutionSummary summary = run(Two.class);
    assertEquals(1, summary.getTestsSucceededCount());
    assertTrue(
        summary.getFailures().get(0).getTestIdentifier().getDisplayName().endsWith("patch.ivn"));
    assertTrue(failure(summary).startsWith("1 of 3 values moved, first in clean.ld"));
    assertTrue(failure(summary).contains("500.0 x the tolerance"), failure(summary));
    assertEquals(1, SEEN.size());
  }

  @Test
  void aSpecThatCannotBeRunFailsWithItsError() throws IOException {
    Files.delete(patch.golden());
    assertTrue(failure(run(Two.class)).startsWith("golden.missing: "));
  }

  @Test
  void aFolderWithoutSpecsFails() {
    assertTrue(failure(run(Empty.class)).contains("replay.no-specs"));
    assertTrue(failure(run(None.class)).startsWith("source.unreadable: "));
  }
}
