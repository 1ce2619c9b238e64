package org.intervene.pyvene;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code config.json} of a saved directory, in any spelling that pyvene and its predecessor
 * have used.
 *
 * @param serial whether the sources run one after the other, each changed by the one before
 * @param modelType class of the model, where the file says it
 */
record SavedConfig(
    Json file, boolean serial, Json modelType, List<Representation> representations) {
  private static final Pattern TYPE =
      Pattern.compile("<class '(?:pyvene\\.)?models\\.(?:[a-z_]+\\.)*([A-Za-z_]\\w*)'>");
  private static final Pattern COMPONENT = Pattern.compile("[A-Za-z0-9_.\\[\\]]{1,200}");
  private static final Set<String> UNITS =
      Set.of("pos", "h", "h.pos", "t", "dim", "pos.dim", "h.dim");

  /** Reads a directory's config; reports everything about it that is not as pyvene writes it. */
  static Optional<SavedConfig> read(Path directory, Problems problems) {
    Path file = directory.resolve("config.json");
    if (!Files.isRegularFile(file)) {
      problems.broken(
          "pyvene.missing-file",
          directory,
          Files.isDirectory(directory)
              ? "the directory has no config.json"
              : "there is no such directory",
          "give the directory that pyvene's `IntervenableModel.save` wrote");
      return Optional.empty();
    }
    return Json.read(file, problems).flatMap(json -> of(json, problems));
  }

  private static Optional<SavedConfig> of(Json file, Problems problems) {
    Optional<String> prefix = prefix(file);
    if (prefix.isEmpty()) {
      problems.malformed(file, "there is no list `representations`, so pyvene did not save this");
      return Optional.empty();
    }
    String old = prefix.get();
    Json types =
        old.isEmpty() ? file.get("intervention_types") : file.get(old + "interventions_type");
    Json entries = file.get(old + "representations");
    Json mode = file.get("mode");
    if (!mode.absent() && !Set.of("parallel", "serial").contains(mode.text().orElse(""))) {
      problems.noEquivalent(mode, "pyvene has no such mode", "write parallel or serial");
    }
    List<Representation> all = new ArrayList<>();
    for (Json entry : entries.items()) {
      one(file, entry, types, all.size(), !old.isEmpty(), problems).ifPresent(all::add);
    }
    boolean serial = mode.text().orElse("parallel").equals("serial");
    return all.size() == entries.items().size()
        ? Optional.of(new SavedConfig(file, serial, file.get(old + "model_type"), all))
        : Optional.empty();
  }

  private static Optional<String> prefix(Json file) {
    return List.of("", "intervenable_", "alignable_").stream()
        .filter(p -> file.get(p + "representations").isList())
        .findFirst();
  }

  private static Optional<Representation> one(
      Json file, Json entry, Json types, int index, boolean first, Problems problems) {
    Optional<Map<String, Json>> fields = Representation.fields(entry, first);
    if (fields.isEmpty()) {
      problems.malformed(entry, "this is not an entry of any version of pyvene up to 0.1.8");
      return Optional.empty();
    }
    Json typeAt = types.isList() ? types.get(index) : types;
    Matcher type = TYPE.matcher(typeAt.text().orElse(""));
    boolean own = type.matches();
    if (!own) {
      problems.noEquivalent(
          typeAt.absent() ? entry : typeAt,
          typeAt.text().map(t -> "`" + t + "` is").orElse("this intervention has")
              + " no class of pyvene's own, so what it does is not in the directory",
          "remove it from the config, and write the edit by hand");
    }
    Json constants = file.get("intervention_constant_sources").get(index);
    Representation hidden =
        new Representation(index, entry, fields.get(), "", typeAt, entry, false);
    boolean constant =
        constants.absent()
            ? hidden.field("hidden_source_representation").isTrue()
            : constants.isTrue();
    Representation whole =
        new Representation(
            index,
            entry,
            fields.get(),
            own ? type.group(1) : Representation.UNKNOWN,
            typeAt,
            file.get("intervention_dimensions").get(index),
            constant);
    return checked(whole, problems) ? Optional.of(whole) : Optional.empty();
  }

  private static boolean checked(Representation r, Problems problems) {
    Json wrong = null;
    if (!r.field("layer").absent() && r.field("layer").whole().orElse(-1) < 0) {
      wrong = r.field("layer");
    } else if (!isText(r.field("component")) || !COMPONENT.matcher(r.component()).matches()) {
      wrong = r.field("component");
    } else if (!isText(r.field("unit")) || !UNITS.contains(r.unit())) {
      wrong = r.field("unit");
    } else if (r.maxUnits() < 1) {
      wrong = r.field("max_number_of_units");
    }
    if (wrong != null) {
      problems.malformed(wrong, "`" + wrong.node() + "` is nothing that pyvene writes here");
    }
    return wrong == null;
  }

  private static boolean isText(Json value) {
    return value.absent() || value.text().isPresent();
  }
}
