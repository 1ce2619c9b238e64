package org.intervene.primer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Draws the sentences of the training data. The same seed gives the same sentences on every
 * machine.
 *
 * @param cities landmarks and the cities they are in
 * @param countries landmarks and the countries they are in
 * @param capitals countries, asked for their capitals
 * @param holders capitals, asked for their countries
 * @param meetings two people, one of whom gives something to the other
 */
record Corpus(
    Lexicon lexicon,
    Facts cities,
    Facts countries,
    Facts capitals,
    Facts holders,
    Meetings meetings) {

  static Corpus of(Lexicon lexicon, long seed) {
    List<Map<String, String>> landmarks =
        lexicon.landmarks().stream()
            .map(
                fact ->
                    Map.of("landmark", fact.name(), "city", fact.city(), "country", fact.country()))
            .toList();
    List<Map<String, String>> capitals =
        lexicon.capitals().stream()
            .map(fact -> Map.of("country", fact.country(), "capital", fact.city()))
            .toList();
    return new Corpus(
        lexicon,
        Facts.of(lexicon.group("city"), landmarks, seed),
        Facts.of(lexicon.group("nation"), landmarks, seed + 1),
        Facts.of(lexicon.group("capital"), capitals, seed + 2),
        Facts.of(lexicon.group("holder"), capitals, seed + 3),
        new Meetings(lexicon, seed));
  }

  /** All tables of facts. */
  List<Facts> facts() {
    return List.of(cities, countries, capitals, holders);
  }

  /** A sentence that may be trained on. */
  String sentence(Random random) {
    int percent = random.nextInt(100);
    if (percent < 20) {
      return cities.draw(random);
    }
    if (percent < 25) {
      return Draws.one(lexicon.group("city-more"), random)
          .fill(Draws.one(cities.fillings(), random));
    }
    if (percent < 31) {
      return countries.draw(random);
    }
    if (percent < 33) {
      return Draws.one(lexicon.group("nation-more"), random)
          .fill(Draws.one(cities.fillings(), random));
    }
    if (percent < 45) {
      return capitals.draw(random);
    }
    if (percent < 51) {
      return holders.draw(random);
    }
    if (percent < 82) {
      return meetings.draw(random);
    }
    return other(percent < 88 ? "pronoun" : percent < 94 ? "copy" : "prose", random);
  }

  private String other(String group, Random random) {
    Template template = Draws.one(lexicon.group(group), random);
    Map<String, String> filling = new LinkedHashMap<>();
    for (String slot : template.slots()) {
      filling.put(slot, Draws.one(lexicon.words().get(slot), random));
    }
    String[] pair = meetings.pair(random);
    filling.put("a", pair[0]);
    filling.put("b", pair[1]);
    return template.fill(filling);
  }
}
