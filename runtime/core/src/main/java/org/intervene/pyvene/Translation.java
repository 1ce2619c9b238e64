package org.intervene.pyvene;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the runs of a spec out of a saved config and a call. */
final class Translation {
  private static final String RESULT = "intervened";

  private final SavedConfig config;
  private final Groups groups;
  private final Call call;
  private final Targets targets;
  private final Statements statements;
  private final Problems problems;

  Translation(
      SavedConfig config,
      Groups groups,
      Call call,
      Targets targets,
      Statements statements,
      Problems problems) {
    this.config = config;
    this.groups = groups;
    this.call = call;
    this.targets = targets;
    this.statements = statements;
    this.problems = problems;
  }

  /** Programs, each with the examples that it treats. */
  Map<Program, List<Integer>> programs() {
    Map<List<String>, List<Integer>> alike = new LinkedHashMap<>();
    for (int e = 0; e < call.examples(); e++) {
      List<String> lines = program(e, "").lines();
      if (problems.any()) {
        return Map.of();
      }
      alike.computeIfAbsent(lines, l -> new ArrayList<>()).add(e);
    }
    Map<Program, List<Integer>> programs = new LinkedHashMap<>();
    for (List<Integer> examples : alike.values()) {
      String suffix = alike.size() == 1 ? "" : "_" + (programs.size() + 1);
      programs.put(program(examples.get(0), suffix), examples);
    }
    return programs;
  }

  private Program program(int example, String suffix) {
    Program program = new Program(suffix);
    if (config.serial()) {
      serial(program, example);
    } else {
      parallel(program, example);
    }
    return program;
  }

  private void parallel(Program program, int example) {
    Map<Representation, String> sources = new LinkedHashMap<>();
    for (Representation r : config.representations()) {
      if (Statements.readsSource(r) && call.has(source(r))) {
        String column = Names.source(source(r), call.sources());
        sources.put(r, program.run(column, column));
      }
    }
    List<Representation> applied = new ArrayList<>();
    for (Representation r : config.representations()) {
      if (sources.containsKey(r) || !Statements.readsSource(r)) {
        applied.add(r);
      } else {
        program.remarks().add(r.at().path() + " is left out: the call gives it no source");
      }
    }
    List<Target> written = new ArrayList<>();
    // runs that bring values to other places come before the one that reads them
    Program body = new Program(program.suffix());
    String run = body.run(RESULT, "base");
    for (Representation r : applied) {
      int source = sources.containsKey(r) ? source(r) : -1;
      Optional<Target> target = targets.find(r, source, example);
      target.ifPresent(
          t -> {
            written.add(t);
            String column = source < 0 ? "" : Names.source(source, call.sources());
            statements.write(t, example, body, run, sources.get(r), column);
          });
    }
    ordered(written);
    join(program, body, run);
  }

  private static void join(Program program, Program body, String last) {
    body.runs()
        .forEach(
            (name, lines) -> {
              if (!name.equals(last)) {
                program.runs().put(name, lines);
                program.columns().put(name, body.columns().get(name));
              }
            });
    program.runs().put(last, body.runs().get(last));
    program.columns().put(last, body.columns().get(last));
    program.add(last, "collect logits as logits");
  }

  /** Each source is changed by the one before, the base by the last. */
  private void serial(Program program, int example) {
    int count = config.representations().size();
    for (Representation r : config.representations()) {
      int i = r.index();
      if (!call.has(source(r))) {
        problems.noEquivalent(r.at(), "in serial mode every source has to be given", "give it");
        return;
      }
      String column = Names.source(source(r), call.sources());
      String from = program.run(Names.source(i, count), column);
      boolean last = i == count - 1;
      String next =
          last ? "base" : Names.source(Math.min(i + 1, call.sources() - 1), call.sources());
      String run = program.run(last ? RESULT : Names.source(i + 1, count), next);
      targets
          .find(r, Statements.readsSource(r) ? source(r) : -1, example)
          .ifPresent(t -> statements.write(t, example, program, run, from, column));
    }
    program.add(RESULT + program.suffix(), "collect logits as logits");
  }

  private int source(Representation r) {
    return call.sources() == 1 ? 0 : groups.keys().get(r.index());
  }

  /** pyvene collects what was there at that moment; this language, what is there in the end. */
  private void ordered(List<Target> written) {
    Set<String> collected = new HashSet<>();
    for (Target t : written) {
      String place = t.component().site() + " " + t.layer();
      if (t.of().type().equals("CollectIntervention")) {
        collected.add(place);
      } else if (collected.contains(place)) {
        problems.noEquivalent(
            t.of().at(),
            "it changes a value after an earlier entry has collected it",
            "put the collecting entry last");
      }
    }
  }
}
