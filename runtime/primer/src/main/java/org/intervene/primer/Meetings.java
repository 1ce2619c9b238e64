package org.intervene.primer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Sentences about two people, one of whom gives something to the other. A tenth of the unordered
 * pairs of names, and a tenth of the pairs and places of the others, are left out of the training
 * data.
 */
record Meetings(Lexicon lexicon, long seed) {
  private static final int ONE_IN = 10;

  /** Two different names that may stand in one sentence of the training data. */
  String[] pair(Random random) {
    while (true) {
      String[] pair = anyPair(random);
      if (!isHeldOut(pair[0], pair[1])) {
        return pair;
      }
    }
  }

  /** A sentence that may be trained on. */
  String draw(Random random) {
    String[] pair = pair(random);
    while (true) {
      Map<String, String> filling = filling(pair, random);
      if (!isHeldOut(pair[0], pair[1], filling.get("place"))) {
        return template(random).fill(filling);
      }
    }
  }

  /** A prompt with two names that never meet in the training data. */
  Prompt heldOutPair(Random random) {
    while (true) {
      String[] pair = anyPair(random);
      if (isHeldOut(pair[0], pair[1])) {
        return template(random).ask(filling(pair, random));
      }
    }
  }

  /** A prompt with two names that meet in the training data, but never at this place. */
  Prompt heldOutPlace(Random random) {
    while (true) {
      String[] pair = pair(random);
      Map<String, String> filling = filling(pair, random);
      if (isHeldOut(pair[0], pair[1], filling.get("place"))) {
        return template(random).ask(filling);
      }
    }
  }

  boolean isHeldOut(String a, String b) {
    return draws(a.compareTo(b) < 0 ? a + " " + b : b + " " + a);
  }

  boolean isHeldOut(String a, String b, String place) {
    return draws((a.compareTo(b) < 0 ? a + " " + b : b + " " + a) + " " + place);
  }

  private boolean draws(String combination) {
    return new Random(seed * 1_000_003 + combination.hashCode()).nextInt(ONE_IN) == 0;
  }

  private Template template(Random random) {
    return Draws.one(lexicon.group("indirect"), random);
  }

  private String[] anyPair(Random random) {
    List<String> names = lexicon.names();
    String a = Draws.one(names, random);
    String b = Draws.one(names, random);
    while (a.equals(b)) {
      b = Draws.one(names, random);
    }
    return new String[] {a, b};
  }

  private Map<String, String> filling(String[] pair, Random random) {
    int giver = random.nextInt(2);
    Map<String, String> filling = new LinkedHashMap<>();
    filling.put("a", pair[0]);
    filling.put("b", pair[1]);
    filling.put("s", pair[giver]);
    filling.put("i", pair[1 - giver]);
    filling.put("place", Draws.one(lexicon.words().get("place"), random));
    filling.put("object", Draws.one(lexicon.words().get("object"), random));
    return filling;
  }
}
