package org.intervene.cli;

import java.util.Optional;
import java.util.function.Function;
import org.intervene.execute.Progress;

/** Progress that is shown as a bar. */
record ShownProgress(ProgressBar bar) implements Progress {

  /** Does work under a bar, if there is anybody to see it. */
  static <T> T during(Reporter reporter, Function<Progress, T> work) {
    Optional<ProgressBar> bar = reporter.progress(ProgressBar.Units.CELLS);
    try {
      return work.apply(bar.<Progress>map(ShownProgress::new).orElse(Progress.NONE));
    } finally {
      bar.ifPresent(ProgressBar::clear);
    }
  }

  @Override
  public void planned(long cells) {
    bar.planned(cells);
  }

  @Override
  public void done(long cells) {
    bar.done(cells);
  }
}
