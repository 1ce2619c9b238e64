package org.intervene.tests.specs;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs one test class in a process of its own, in the folder in which that is started. */
final class LaunchedTests {
  private LaunchedTests() {}

  /** Prints how many tests there were; the status is how many failed. */
  public static void main(String[] arguments) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(arguments[0])).build(),
            listener);
    listener.getSummary().printFailuresTo(new PrintWriter(System.out, true));
    System.out.println("tests: " + listener.getSummary().getTestsSucceededCount());
    System.exit((int) listener.getSummary().getTotalFailureCount());
  }
}
