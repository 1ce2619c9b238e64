package org.intervene.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.intervene.golden.Moved;
import org.intervene.replay.Replayed;

/** What a replay found: a line for each spec, then what moved, worst first. */
final class ReplayText {
  private static final int MOST_MOVES = 20;

  private final Reporter reporter;

  ReplayText(Reporter reporter) {
    this.reporter = reporter;
  }

  private record Move(Replayed replayed, Moved moved) {}

  /** The line of one spec; why it could not be run goes to standard error. */
  void line(Replayed replayed) {
    Screen screen = reporter.screen();
    reporter.say(
        (replayed.passed() ? screen.good("\u2713") : screen.bad("\u2717"))
            + "  "
            + Screen.safe(replayed.spec() + "  " + replayed.summary())
            + screen.quiet(
                String.format(Locale.ROOT, "  %.1f s", replayed.wall().toMillis() / 1000.0)));
    reporter.diagnostics(replayed.errors(), Optional.of(replayed.source()));
    reporter.event("replayed", json(replayed));
  }

  /** What happened, for programs. */
  static ObjectNode json(Replayed replayed) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("spec", replayed.spec().toString());
    node.put("passed", replayed.passed());
    node.put("summary", replayed.summary());
    replayed
        .comparison()
        .ifPresent(
            comparison -> {
              node.put("values", comparison.values());
              ArrayNode moved = node.putArray("moved");
              comparison.moved().forEach(m -> moved.add(json(m)));
            });
    return node;
  }

  /** JSON has no infinity: values that cannot be compared have neither difference nor units. */
  private static ObjectNode json(Moved moved) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("place", moved.place()).put("golden", moved.golden()).put("seen", moved.seen());
    if (Double.isFinite(moved.difference())) {
      node.put("difference", moved.difference());
    }
    if (Double.isFinite(moved.units())) {
      node.put("units", moved.units());
    }
    return node;
  }

  /**
   * Everything that moved in any spec, expectations that failed, and where golden results are from.
   */
  void moved(List<Replayed> all) {
    List<Move> moves = new ArrayList<>();
    for (Replayed replayed : all) {
      replayed
          .comparison()
          .ifPresent(c -> c.moved().forEach(m -> moves.add(new Move(replayed, m))));
    }
    moves.sort(Comparator.comparing(Move::moved, Moved.WORST_FIRST));
    if (!moves.isEmpty()) {
      reporter.say("");
      reporter.say(reporter.screen().bold("what moved, worst first"));
      moves.stream().limit(MOST_MOVES).forEach(this::say);
      if (moves.size() > MOST_MOVES) {
        reporter.say("  and " + (moves.size() - MOST_MOVES) + " more; --junit FILE has them all");
      }
    }
    Stream<String> expected =
        all.stream()
            .flatMap(
                r ->
                    r.expectations().stream()
                        .map(e -> r.spec() + ": expected " + e.text() + ", seen " + e.seen()));
    expected.forEach(line -> reporter.say(Screen.safe("  " + line)));
    all.stream()
        .flatMap(r -> r.elsewhere().stream())
        .distinct()
        .forEach(line -> reporter.say(Screen.safe(line)));
  }

  private void say(Move move) {
    reporter.say(Screen.safe("  " + move.replayed().spec() + "  " + move.moved().text()));
  }
}
