package org.intervene.pyvene;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.intervene.model.ModelFacts;

/** Reads a call: the keyword arguments of {@code IntervenableModel.forward} as a JSON object. */
final class CallReader {
  private static final Set<String> ARGUMENTS =
      Set.of("base", "sources", "unit_locations", "subspaces");

  private final SavedConfig config;
  private final ModelFacts facts;
  private final Groups groups;
  private final Problems problems;

  CallReader(SavedConfig config, Groups groups, ModelFacts facts, Problems problems) {
    this.config = config;
    this.groups = groups;
    this.facts = facts;
    this.problems = problems;
  }

  Optional<Call> read(Path file) {
    if (!Files.isRegularFile(file)) {
      problems.broken("pyvene.missing-file", file, "there is no such file", "see docs/pyvene.md");
      return Optional.empty();
    }
    return Json.read(file, problems).flatMap(this::call);
  }

  private Optional<Call> call(Json call) {
    call.node()
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!ARGUMENTS.contains(name)) {
                problems.wrongCall(
                    call.get(name),
                    "this argument is not known here",
                    "give base, sources, unit_locations and subspaces");
              }
            });
    Optional<int[][]> base = tokens(call.get("base"));
    Optional<List<int[][]>> sources = base.flatMap(b -> sources(call.get("sources"), b.length));
    if (base.isEmpty() || sources.isEmpty()) {
      return Optional.empty();
    }
    int length = base.get()[0].length;
    if (config.serial()
        && sources.get().stream().anyMatch(s -> s != null && s[0].length != length)) {
      problems.noEquivalent(
          call.get("sources"),
          "in serial mode these are of other lengths than the base",
          "align them");
      return Optional.empty();
    }
    Json places = call.get("unit_locations");
    if (!places.absent() && !places.node().isObject()) {
      problems.wrongCall(places, "this is not an object", "write `{\"sources->base\": ...}`");
      return Optional.empty();
    }
    int interventions = config.representations().size();
    Locations locations = new Locations(places, config.serial(), interventions, problems);
    return Optional.of(
        new GivenCall(
            call, base.get(), sources.get(), locations, call.get("subspaces"), facts, problems));
  }

  /** Inputs by source; a single one is for every group. */
  private Optional<List<int[][]>> sources(Json json, int examples) {
    List<Json> given = json.absent() ? List.of() : json.isList() ? json.items() : List.of(json);
    if (!given.isEmpty() && given.size() != 1 && given.size() != groups.count()) {
      problems.wrongCall(
          json,
          "there are " + given.size() + " sources for " + groups.count() + " groups",
          "give one for each group, or one for all");
      return Optional.empty();
    }
    List<int[][]> sources = new ArrayList<>();
    for (Json one : given) {
      Optional<int[][]> ids = one.absent() ? Optional.empty() : tokens(one);
      if (ids.isPresent() && ids.get().length != examples) {
        problems.wrongCall(
            one, "it has " + ids.get().length + " rows, the base has " + examples, "give as many");
      } else if (ids.isEmpty() && !one.absent()) {
        return Optional.empty();
      }
      sources.add(ids.orElse(null));
    }
    return Optional.of(sources);
  }

  /** Token ids, [example][pos]. */
  private Optional<int[][]> tokens(Json input) {
    Json ids = input.node().isObject() ? input.get("input_ids") : input;
    List<int[]> rows = new ArrayList<>();
    for (Json row : ids.items()) {
      row.naturals().filter(r -> r.length > 0).ifPresent(rows::add);
    }
    boolean even = rows.stream().mapToInt(r -> r.length).distinct().count() == 1;
    if (!ids.isList() || rows.size() != ids.items().size() || !even) {
      problems.wrongCall(
          ids, "this is not a list of rows of token ids, all of one length", "write input_ids");
      return Optional.empty();
    }
    Json mask = input.get("attention_mask");
    boolean full =
        mask.items().stream()
            .allMatch(r -> r.items().stream().allMatch(i -> i.whole().orElse(0) == 1));
    if (!mask.absent() && !full) {
      problems.noEquivalent(
          mask, "inputs are padded, which this language never does", "call pyvene without padding");
      return Optional.empty();
    }
    return Optional.of(rows.toArray(int[][]::new));
  }
}
