package org.intervene.bundle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.intervene.ast.Spec;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** How to cite an experiment: {@code CITATION.cff} (format 1.2.0) and a BibTeX entry. */
final class Citation {
  private final Spec spec;
  private final List<Author> authors;
  private final String digest;
  private final String date;

  /**
   * @param digest of the spec
   * @param date {@code YYYY-MM-DD}
   */
  Citation(Spec spec, String digest, String date) {
    this.spec = spec;
    this.authors = Author.of(spec);
    this.digest = digest;
    this.date = date;
  }

  /** The format wants an author: without one there is nothing to write. */
  boolean isPossible() {
    return !authors.isEmpty();
  }

  String cff() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("cff-version", "1.2.0");
    root.put("message", "If you use this experiment, please cite it and what it rests on.");
    root.put("type", "dataset");
    root.put("title", spec.experiment().text());
    spec.about().ifPresent(about -> root.put("abstract", about.text()));
    root.put("authors", authors.stream().map(Citation::person).toList());
    root.put("date-released", date);
    root.put("identifiers", List.of(digest()));
    List<Object> references = new ArrayList<>();
    spec.cites().forEach(cite -> references.add(reference(Work.of(cite.text()))));
    if (!references.isEmpty()) {
      root.put("references", references);
    }
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setAllowUnicode(true);
    options.setLineBreak(DumperOptions.LineBreak.UNIX);
    return new Yaml(options).dump(root);
  }

  private Map<String, Object> digest() {
    Map<String, Object> identifier = new LinkedHashMap<>();
    identifier.put("type", "other");
    identifier.put("value", digest);
    identifier.put("description", "digest of the spec");
    return identifier;
  }

  private static Map<String, Object> person(Author author) {
    Map<String, Object> person = new LinkedHashMap<>();
    person.put("family-names", author.family());
    if (!author.given().isEmpty()) {
      person.put("given-names", author.given());
    }
    return person;
  }

  private static Map<String, Object> reference(Work work) {
    Map<String, Object> reference = new LinkedHashMap<>();
    reference.put("type", "generic");
    reference.put("title", work.title());
    reference.put("authors", List.of(Map.of("name", work.authors())));
    if (work.doi().isPresent()) {
      reference.put("doi", work.doi().get());
    } else {
      work.link().ifPresent(link -> reference.put("url", link));
    }
    return reference;
  }

  String bibtex() {
    List<String> fields = new ArrayList<>();
    field(fields, "title", spec.experiment().text());
    if (!authors.isEmpty()) {
      String names = authors.stream().map(Author::sorted).collect(Collectors.joining(" and "));
      fields.add("  author = {" + names.replace("&", "\\&") + "}");
    }
    fields.add("  year = {" + date.substring(0, 4) + "}");
    spec.about().ifPresent(about -> field(fields, "abstract", about.text()));
    field(fields, "note", "Intervene spec " + digest);
    return "@misc{" + key() + ",\n" + String.join(",\n", fields) + "\n}\n";
  }

  /** Letters, digits and hyphens; where the names have none of these, the program's name. */
  private String key() {
    String year = date.substring(0, 4);
    String who = authors.isEmpty() ? "" : plain(authors.get(0).family());
    String what = plain(spec.experiment().text());
    if ((who + what).isEmpty()) {
      return "intervene" + year;
    }
    return authors.isEmpty() ? what : who + year + what;
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "");
  }

  private static void field(List<String> fields, String name, String text) {
    String escaped =
        text.codePoints()
            .mapToObj(
                c ->
                    switch (c) {
                      case '\\' -> "\\textbackslash{}";
                      case '~' -> "\\textasciitilde{}";
                      case '^' -> "\\textasciicircum{}";
                      case '{', '}', '%', '&', '$', '#', '_' -> "\\" + Character.toString(c);
                      default -> Character.toString(c);
                    })
            .collect(Collectors.joining());
    fields.add("  " + name + " = {" + escaped + "}");
  }
}
