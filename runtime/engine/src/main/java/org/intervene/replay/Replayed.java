package org.intervene.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.SourceText;
import org.intervene.golden.Comparison;
import org.intervene.golden.Golden;
import org.intervene.golden.Made;
import org.intervene.metric.Expectation;

/**
 * What became of a spec that was run again.
 *
 * @param line of the golden clause, or of what is wrong, or the first
 * @param source its text, for showing errors
 * @param stopped who has to act, if it could not be run at all
 * @param errors why it could not, or what is wrong with a golden file that is to be replaced
 * @param expectations those that failed
 * @param seen what it gave; empty if it could not be run, or asks for no golden result
 * @param made with what the golden result was made; empty if there is none
 * @param comparison with the golden result; empty if there is none
 */
public record Replayed(
    Path spec,
    int line,
    SourceText source,
    Duration wall,
    Optional<DiagnosticException.Kind> stopped,
    List<Diagnostic> errors,
    List<Expectation> expectations,
    Optional<Golden> seen,
    Optional<Made> made,
    Optional<Comparison> comparison) {
  public Replayed {
    errors = List.copyOf(errors);
    expectations = List.copyOf(expectations);
  }

  /** Whether it ran, held what it expects, and moved nowhere. */
  public boolean passed() {
    return stopped.isEmpty()
        && errors.isEmpty()
        && expectations.isEmpty()
        && comparison.map(Comparison::holds).orElse(true);
  }

  /** What happened, in a line. */
  public String summary() {
    if (stopped.isPresent()) {
      return errors.get(0).id() + ": " + errors.get(0).message();
    }
    List<String> parts = new ArrayList<>();
    comparison.ifPresent(c -> parts.add(summary(c)));
    if (comparison.isEmpty()) {
      parts.add(seen.isPresent() ? "no golden result yet" : "no golden result asked for");
    }
    if (!expectations.isEmpty()) {
      parts.add(expectations.size() + " of its expectations failed");
    }
    return String.join("; ", parts);
  }

  private static String summary(Comparison c) {
    if (c.stale().isPresent()) {
      return "the golden result is stale: " + c.stale().get();
    } else if (c.moved().isEmpty()) {
      return c.values() + (c.values() == 1 ? " value" : " values") + largest(c.largest());
    }
    return "%d of %d values moved, first in %s, worst %s"
        .formatted(
            c.moved().size(),
            c.values(),
            c.first().orElse("a table that is new"),
            c.moved().get(0).text());
  }

  private static String largest(double units) {
    return units == 0
        ? ", all as they were"
        : String.format(Locale.ROOT, ", largest move %.2g of the tolerance", units);
  }

  /** Everything that is to be said, a line each. */
  public List<String> details() {
    List<String> lines = new ArrayList<>();
    errors.forEach(e -> lines.add("error[" + e.id() + "] " + e.message()));
    expectations.forEach(e -> lines.add("expected " + e.text() + ", seen " + e.seen()));
    comparison.ifPresent(
        c -> {
          c.stale().ifPresent(why -> lines.add("the golden result is stale: " + why));
          c.moved().forEach(moved -> lines.add(moved.text()));
        });
    elsewhere().ifPresent(lines::add);
    return lines;
  }

  /** With what the golden result was made, where that was something else. */
  public Optional<String> elsewhere() {
    return made.filter(was -> seen.filter(now -> !now.made().equals(was)).isPresent())
        .map(was -> "golden made with " + was.text() + "; here " + seen.get().made().text());
  }
}
