package org.intervene.primer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.intervene.model.Tokenizer;

/**
 * How often the most likely next token is the answer.
 *
 * @param right prompts answered rightly
 * @param total prompts
 * @param wrong prompts answered wrongly, each with what was said instead
 */
record Accuracy(int right, int total, List<String> wrong) {

  static Accuracy of(Gpt2 model, Tokenizer tokenizer, List<Prompt> prompts) {
    Map<Integer, List<Prompt>> byLength =
        prompts.stream()
            .collect(
                Collectors.groupingBy(
                    prompt -> tokenizer.encode(prompt.text()).tokens().length,
                    TreeMap::new,
                    Collectors.toList()));
    List<String> wrong = new ArrayList<>();
    for (List<Prompt> group : byLength.values()) {
      long[][] rows =
          group.stream().map(prompt -> ids(tokenizer, prompt.text())).toArray(long[][]::new);
      float[][] logits = model.nextLogits(rows);
      for (int i = 0; i < rows.length; i++) {
        int said = largest(logits[i]);
        if (said != ids(tokenizer, group.get(i).answer())[0]) {
          wrong.add(group.get(i).text() + " ->" + tokenizer.show(said));
        }
      }
    }
    wrong.sort(Comparator.naturalOrder());
    return new Accuracy(prompts.size() - wrong.size(), prompts.size(), wrong);
  }

  double share() {
    return (double) right / total;
  }

  static long[] ids(Tokenizer tokenizer, String text) {
    int[] tokens = tokenizer.encode(text).tokens();
    long[] row = new long[tokens.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = tokens[i];
    }
    return row;
  }

  private static int largest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
