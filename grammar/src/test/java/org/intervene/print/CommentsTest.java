package org.intervene.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.intervene.ast.Comments;
import org.intervene.diagnostic.SourceText;
import org.intervene.generate.RandomSpecs;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;
import org.junit.jupiter.api.Test;

/** Comments stay with what they belong to, and none gets lost, whatever the notation. */
class CommentsTest {

  private static final String DSL =
      """
      # header
      # of two lines
      experiment "x" # the name

      # the model
      model "m" # small

      param a = 1 # one

      # rows
      data d rows
        # first row
        { t "x" } # short
        { t "y" }
      # pairs
      data e pairs { # twins
        # first pair
        clean "a" corrupt "b" # nothing else
        # end of pairs
      }
      data f template "{A}" rows 1 seed 1 {
        # a slot
        A from ["x"] # drawn
        # a column
        b = A
      }

      # a run
      run clean on d.t # plain
      run p on d.t for l in all { # swept
        # first
        zero z[l] # zeroed
        # second
        zero z[0]
        # end of the run
      }

      # a metric
      metric m = 1 # constant

      plot table m # shown
      # expected
      expect m > 0 # always
      golden within 1e-4 # tight
      # end
      """;

  private static final String YAML =
      """
      # header
      # of two lines
      experiment: x # the name
      # the model
      model: {source: m} # small
      params:
        a: 1 # one
      data:
        # rows
        d:
          rows:
            # first row
            - {t: x} # short
            - {t: "y"}
        # pairs
        e: # twins
          pairs:
            # first pair
            - {clean: a, corrupt: b} # nothing else
          # end of pairs
        f:
          template: "{A}"
          rows: 1
          seed: 1
          where:
            # a slot
            - A from ["x"] # drawn
            # a column
            - b = A
      runs:
        # a run
        clean: {on: d.t} # plain
        p: # swept
          on: d.t
          for: {l: all}
          do:
            # first
            - zero z[l] # zeroed
            # second
            - zero z[0]
          # end of the run
      metrics:
        # a metric
        m: 1 # constant
      plots:
        - table m # shown
      expect:
        # expected
        - m > 0 # always
      golden: within 1e-4 # tight
      # end
      """;

  private static Reading read(String name, String text) {
    Reading reading = SpecReader.read(SourceText.of(name, text));
    assertEquals(List.of(), reading.diagnostics(), text);
    return reading;
  }

  private static String dsl(Reading reading) {
    return Printer.dsl(reading.spec().orElseThrow(), reading.comments());
  }

  private static String yaml(Reading reading) {
    return Printer.yaml(reading.spec().orElseThrow(), reading.comments());
  }

  @Test
  void everyPlaceKeepsItsComment() {
    Reading fromDsl = read("a.ivn", DSL);
    assertEquals(DSL, dsl(fromDsl));
    assertEquals(YAML, yaml(fromDsl));
    Reading fromYaml = read("a.yaml", YAML);
    assertEquals(YAML, yaml(fromYaml));
    assertEquals(DSL, dsl(fromYaml));
  }

  @Test
  void commentsBetweenKeysGoToWhatFollows() {
    Reading reading =
        read(
            "a.yaml",
            """
            experiment: x
            model: # about the model
              # the source
              source: m # behind it
            runs: # all of them
              r:
                # what it reads
                on: d # the data
                do: # the edits
                  - |- # in a block
                    zero z[0] # inside
                  - |
                    zero
                    # within
                    z[1]
            # the end
            """);
    assertEquals(
        """
        experiment "x"

        # the source
        # behind it
        model "m" # about the model

        # all of them
        run r on d { # the data
          # what it reads
          # the edits
          # in a block
          zero z[0] # inside
          # within
          zero z[1]
        }

        # the end
        """,
        dsl(reading));
  }

  @Test
  void commentsInsideOfAClauseStandAboveIt() {
    Reading reading =
        read(
            "a.ivn",
            """
            experiment "x"
            model "m" # one
              dtype float32 # two
            run r on d
            metric m = a # three
              # four
              + b # five
            """);
    assertEquals(
        """
        experiment "x"

        # two
        model "m" dtype float32 # one

        run r on d

        # four
        # five
        metric m = a + b # three
        """,
        dsl(reading));
  }

  /** Comments anywhere: none is lost, and the canonical text does not change any more. */
  @Test
  void noCommentIsEverLost() {
    for (int seed = 1; seed <= 300; seed++) {
      var spec = new RandomSpecs(seed).next();
      Random random = new Random(seed);
      check(seed, "a.ivn", commented(random, Printer.dsl(spec, Comments.none()), "a.ivn"));
      check(seed, "a.yaml", commented(random, Printer.yaml(spec, Comments.none()), "a.yaml"));
    }
  }

  private static void check(int seed, String name, List<String> text) {
    String all = String.join("\n", text);
    Reading reading = read(name, all);
    String dsl = dsl(reading);
    String yaml = yaml(reading);
    for (String line : text) {
      int at = line.indexOf("#<");
      if (at >= 0) {
        String comment = line.substring(at);
        assertEquals(1, occurrences(dsl, comment), () -> seed + "\n" + all + "\n" + dsl);
        assertEquals(1, occurrences(yaml, comment), () -> seed + "\n" + all + "\n" + yaml);
      }
    }
    assertEquals(dsl, dsl(read("b.ivn", dsl)), () -> "seed " + seed);
    assertEquals(yaml, yaml(read("b.yaml", yaml)), () -> "seed " + seed);
    assertEquals(dsl, dsl(read("b.yaml", yaml)), () -> "seed " + seed + "\n" + yaml);
  }

  private static int occurrences(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  /** The text with comments behind and between its lines, where they do not change its meaning. */
  private static List<String> commented(Random random, String text, String name) {
    var spec = read(name, text).spec();
    List<String> lines = new ArrayList<>(text.lines().toList());
    for (int tries = 0; tries < 12; tries++) {
      int at = random.nextInt(lines.size());
      String comment = "#<" + tries + ">";
      List<String> changed = new ArrayList<>(lines);
      if (random.nextBoolean() && !lines.get(at).contains("#<")) {
        changed.set(at, lines.get(at) + " " + comment);
      } else {
        String line = lines.get(at);
        String indent = line.substring(0, line.length() - line.stripLeading().length());
        changed.add(at, indent + comment);
      }
      Reading reading = SpecReader.read(SourceText.of(name, String.join("\n", changed)));
      if (reading.spec().equals(spec)) {
        lines = changed;
      }
    }
    return lines;
  }
}
