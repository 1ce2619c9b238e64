package org.intervene.primer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words and templates that all sentences are made of, read from the resources beside this
 * class.
 *
 * @param landmarks name, city and country of each
 * @param capitals country and capital of each
 * @param words lists of words by slot name
 * @param splits one-word landmark names and where they divide into two tokens
 */
record Lexicon(
    List<Landmark> landmarks,
    List<Capital> capitals,
    Map<String, List<String>> words,
    Map<String, Integer> splits,
    List<Template> templates) {

  record Landmark(String name, String city, String country) {}

  record Capital(String country, String city) {}

  static Lexicon load() {
    Map<String, Integer> splits = new LinkedHashMap<>();
    List<Landmark> landmarks = new ArrayList<>();
    for (String[] row : rows("landmarks.tsv", "\t")) {
      String name = row[0].replace("|", "");
      if (row[0].contains("|")) {
        splits.put(name, row[0].indexOf('|'));
      }
      landmarks.add(new Landmark(name, row[1], row[2]));
    }
    List<Capital> capitals =
        rows("capitals.tsv", "\t").stream().map(row -> new Capital(row[0], row[1])).toList();
    List<Template> templates =
        rows("templates.txt", ": ").stream().map(row -> new Template(row[0], row[1])).toList();
    return new Lexicon(landmarks, capitals, words(landmarks, capitals), splits, templates);
  }

  /** First names, women's first. */
  List<String> names() {
    return words.get("a");
  }

  List<Template> group(String group) {
    return templates.stream().filter(template -> template.group().equals(group)).toList();
  }

  private static Map<String, List<String>> words(List<Landmark> landmarks, List<Capital> capitals) {
    Map<String, List<String>> words = new LinkedHashMap<>();
    for (String[] row : rows("words.txt", ": ")) {
      words.put(row[0], List.of(row[1].split(" ")));
    }
    List<String> names = new ArrayList<>(words.get("woman"));
    names.addAll(words.get("man"));
    for (String slot : List.of("a", "b", "s", "i")) {
      words.put(slot, List.copyOf(names));
    }
    Set<String> cities = new LinkedHashSet<>();
    Set<String> countries = new LinkedHashSet<>();
    landmarks.forEach(landmark -> cities.add(landmark.city()));
    landmarks.forEach(landmark -> countries.add(landmark.country()));
    capitals.forEach(capital -> countries.add(capital.country()));
    words.put("landmark", landmarks.stream().map(Landmark::name).toList());
    words.put("city", List.copyOf(cities));
    words.put("country", List.copyOf(countries));
    words.put("capital", capitals.stream().map(Capital::city).toList());
    return words;
  }

  private static List<String[]> rows(String file, String separator) {
    try (InputStream in = Lexicon.class.getResourceAsStream("lexicon/" + file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.split(separator, -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
