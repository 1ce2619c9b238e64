package org.intervene.primer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence with slots, such as {@code The {landmark} is in {city}.}
 *
 * @param group what the sentence is for; templates of one group are drawn equally often
 */
record Template(String group, String text) {
  private static final Pattern SLOT = Pattern.compile("\\{([a-z]+)}");

  /** Names of the slots in the order of their first appearance. */
  List<String> slots() {
    List<String> names = new ArrayList<>();
    Matcher matcher = SLOT.matcher(text);
    while (matcher.find()) {
      if (!names.contains(matcher.group(1))) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }

  /** The sentence with every slot filled. */
  String fill(Map<String, String> words) {
    return SLOT.matcher(text)
        .replaceAll(slot -> Matcher.quoteReplacement(words.get(slot.group(1))));
  }

  /** The sentence up to the last slot, as a prompt that the slot's word completes. */
  Prompt ask(Map<String, String> words) {
    int last = text.lastIndexOf(" {");
    String slot = text.substring(last + 2, text.lastIndexOf('}'));
    return new Prompt(
        new Template(group, text.substring(0, last)).fill(words), " " + words.get(slot));
  }
}
