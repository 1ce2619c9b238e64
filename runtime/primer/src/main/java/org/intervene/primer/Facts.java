package org.intervene.primer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One table of facts in several wordings. Each fact is left out of the training data in exactly one
 * wording, and seen in the others.
 *
 * @param templates the wordings
 * @param fillings slots of each fact
 * @param missing index of the wording that each fact is never trained in
 */
record Facts(List<Template> templates, List<Map<String, String>> fillings, int[] missing) {

  static Facts of(List<Template> templates, List<Map<String, String>> fillings, long seed) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < fillings.size(); i++) {
      order.add(i % templates.size());
    }
    Collections.shuffle(order, new Random(seed));
    return new Facts(templates, fillings, order.stream().mapToInt(i -> i).toArray());
  }

  /** A sentence that may be trained on. */
  String draw(Random random) {
    int fact = random.nextInt(fillings.size());
    int wording = random.nextInt(templates.size() - 1);
    if (wording >= missing[fact]) {
      wording++;
    }
    return templates.get(wording).fill(fillings.get(fact));
  }

  /** The combinations that were left out. */
  List<Prompt> heldOut() {
    List<Prompt> prompts = new ArrayList<>();
    for (int fact = 0; fact < missing.length; fact++) {
      prompts.add(templates.get(missing[fact]).ask(fillings.get(fact)));
    }
    return prompts;
  }

  /** The combinations that were not left out. */
  List<Prompt> trained() {
    List<Prompt> prompts = new ArrayList<>();
    for (int fact = 0; fact < missing.length; fact++) {
      for (int wording = 0; wording < templates.size(); wording++) {
        if (wording != missing[fact]) {
          prompts.add(templates.get(wording).ask(fillings.get(fact)));
        }
      }
    }
    return prompts;
  }
}
