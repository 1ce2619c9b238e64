package org.intervene.pyvene;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One intervention of a saved config: an entry of {@code representations} with what other lists say
 * at its index.
 *
 * @param at the entry
 * @param fields its fields by their present names, however the file spells or orders them
 * @param type simple name of the class, such as {@code VanillaIntervention}
 * @param typeAt where it is named
 * @param dimension entry of {@code intervention_dimensions}: how many elements are exchanged
 * @param constant whether the source is a saved tensor or none
 */
record Representation(
    int index,
    Json at,
    Map<String, Json> fields,
    String type,
    Json typeAt,
    Json dimension,
    boolean constant) {

  /** The type of what is no class of pyvene's own, which is reported where it is read. */
  static final String UNKNOWN = "";

  /** Fields until January 2024, a prefix of them in each version. */
  private static final List<String> FIRST =
      List.of(
          "layer",
          "component",
          "unit",
          "max_number_of_units",
          "low_rank_dimension",
          "subspace_partition",
          "group_key",
          "intervention_link_key",
          "moe_key",
          "source_representation",
          "hidden_source_representation");

  /** Fields of 0.1.8. */
  private static final List<String> LAST =
      List.of(
          "layer",
          "component",
          "unit",
          "max_number_of_units",
          "low_rank_dimension",
          "intervention_type",
          "intervention",
          "subspace_partition",
          "group_key",
          "intervention_link_key",
          "moe_key",
          "source_representation",
          "hidden_source_representation",
          "latent_dim");

  private static final Map<String, String> OLD_NAMES =
      Map.of("representation_type", "component", "moe", "moe_key");

  /** The fields of an entry, which is a list by position or an object by name. */
  static Optional<Map<String, Json>> fields(Json entry, boolean first) {
    Map<String, Json> fields = new LinkedHashMap<>();
    if (entry.node().isObject()) {
      entry
          .node()
          .fieldNames()
          .forEachRemaining(name -> fields.put(present(name), entry.get(name)));
      return LAST.containsAll(fields.keySet()) ? Optional.of(fields) : Optional.empty();
    }
    Optional<List<String>> names =
        entry.isList() ? order(entry.node().size(), first) : Optional.empty();
    names.ifPresent(
        all -> {
          for (int i = 0; i < all.size(); i++) {
            fields.put(all.get(i), entry.get(i));
          }
        });
    return names.map(all -> fields);
  }

  private static String present(String name) {
    String bare = name.replaceFirst("^(alignable|intervenable)_", "");
    return OLD_NAMES.getOrDefault(bare, bare);
  }

  /** Names by position; the number of fields tells the version. */
  private static Optional<List<String>> order(int size, boolean first) {
    if (first) {
      return size >= 1 && size <= FIRST.size()
          ? Optional.of(FIRST.subList(0, size))
          : Optional.empty();
    }
    return switch (size) {
      case 12 ->
          Optional.of(
              LAST.stream()
                  .filter(n -> !n.equals("intervention") && !n.equals("latent_dim"))
                  .toList());
      case 13 -> Optional.of(LAST.subList(0, 13));
      case 14 -> Optional.of(LAST);
      default -> Optional.empty();
    };
  }

  /** A field; absent if the version did not have it. */
  Json field(String name) {
    return fields.getOrDefault(name, at.get(name));
  }

  int layer() {
    return field("layer").whole().orElse(0);
  }

  String component() {
    return field("component").text().orElse("block_output");
  }

  String unit() {
    return field("unit").text().orElse("pos");
  }

  int maxUnits() {
    return field("max_number_of_units").whole().orElse(1);
  }

  /** Names that its file of weights has had, latest first; the collision number is the same. */
  List<String> weightFiles(int collision) {
    String unit = unit().replace('.', '_');
    String component = component().replace('.', '_');
    String latest =
        component().contains(".")
            ? String.format(Locale.ROOT, "comp_%s_unit_%s_nunit_%d", component, unit, maxUnits())
            : String.format(
                Locale.ROOT,
                "layer_%d_comp_%s_unit_%s_nunit_%d",
                layer(),
                component,
                unit,
                maxUnits());
    String dotted =
        String.format(Locale.ROOT, "unit.%s.nunit.%d#%d.bin", unit(), maxUnits(), collision);
    String layer = "intkey_layer." + layer();
    return List.of(
        "intkey_" + latest + "#" + collision + ".bin",
        layer + ".comp." + component() + "." + dotted,
        layer + ".repr." + component() + "." + dotted);
  }
}
