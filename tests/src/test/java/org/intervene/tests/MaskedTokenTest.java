package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.execute.Progress;
import org.intervene.experiment.Experiment;
import org.intervene.experiment.Options;
import org.intervene.experiment.Options.Strategy;
import org.intervene.result.MetricsCsv;
import org.intervene.result.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An experiment on an encoder whose answer stands at {@code [MASK]}: the tiny DistilBERT of the
 * conformance fixtures with a vocabulary in which its prompt can be written as a text. The expected
 * logits are those of transformers at the masked position.
 */
class MaskedTokenTest {
  private static final Path MODEL = Path.of("src/test/resources/conformance/distilbert-plain");
  private static final int VOCABULARY = 41;
  private static final int MASKED = 4;
  private static final int ANSWER = 17;

  @TempDir Path folder;
  private ReferenceTensors numbers;
  private int[] prompt;

  @BeforeEach
  void makeModel() throws IOException {
    numbers = ReferenceTensors.read(MODEL.resolve("expected.safetensors"));
    prompt = Arrays.stream(numbers.get("tokens/a")).mapToInt(x -> (int) x).toArray();
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(MODEL.resolve(file), folder.resolve(file));
    }
    Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
  }

  /** How a token is written: the ends of the prompt are the frame that a tokenizer adds. */
  private String word(int id) {
    if (id == prompt[0]) {
      return "[CLS]";
    } else if (id == prompt[prompt.length - 1]) {
      return "[SEP]";
    }
    return id == prompt[MASKED] ? "[MASK]" : "w" + id;
  }

  private String tokenizer() {
    int cls = prompt[0];
    int sep = prompt[prompt.length - 1];
    String vocabulary =
        IntStream.range(0, VOCABULARY)
            .mapToObj(i -> "\"%s\": %d".formatted(word(i), i))
            .collect(Collectors.joining(", "));
    String added =
        Stream.of(cls, sep, prompt[MASKED])
            .sorted()
            .map(
                i ->
                    """
                    {"id": %d, "content": "%s", "special": true, "single_word": false,
                     "lstrip": false, "rstrip": false, "normalized": false}"""
                        .formatted(i, word(i)))
            .collect(Collectors.joining(", "));
    return """
        {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [%s],
         "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"},
         "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", %d], "cls": ["[CLS]", %d]},
         "decoder": null,
         "model": {"type": "WordLevel", "vocab": {%s}, "unk_token": "w0"}}"""
        .formatted(added, sep, cls, vocabulary);
  }

  /** The inner tokens of the prompt as a text. */
  private String text() {
    return IntStream.range(1, prompt.length - 1)
        .mapToObj(i -> word(prompt[i]))
        .collect(Collectors.joining(" "));
  }

  private Result run(String text, String rest, Strategy strategy) throws IOException {
    Path spec = folder.resolve("masked.ivn");
    Files.writeString(
        spec,
        """
        experiment "masked"
        model "." dtype float64
        data d rows { sentence "%s" answer "%s" }
        run plain on d.sentence
        run zeroed on d.sentence { zero resid_post[0] @ 2 }
        %s
        """
            .formatted(text, word(ANSWER), rest));
    Options options =
        new Options(
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.of(1),
            strategy,
            OptionalLong.empty());
    return Experiment.read(spec).run(options, Progress.NONE, note -> {});
  }

  @Test
  void theAnswerIsReadAtTheMask() throws IOException {
    String metrics = "metric m = logit(answer)\nmetric n = logit(answer) @ mask";
    for (Strategy strategy : Strategy.values()) {
      List<String> lines =
          MetricsCsv.of(run(text(), metrics, strategy).tables()).lines().skip(1).toList();
      double plain = logit("a/logits");
      double zeroed = logit("edit/zero-resid_post/logits");
      assertEquals(4, lines.size());
      for (String line : lines) {
        double expected = line.startsWith("plain") ? plain : zeroed;
        assertEquals(expected, value(line), 1e-9, line);
      }
    }
  }

  private double logit(String name) {
    return numbers.get(name)[MASKED * VOCABULARY + ANSWER];
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(',') + 1));
  }

  @Test
  void oneMaskIsNeeded() {
    assertEquals(List.of("span.no-mask"), ids(text().replace("[MASK]", word(ANSWER))));
    assertEquals(List.of("position.not-single"), ids(text() + " [MASK]"));
  }

  private List<String> ids(String text) {
    DiagnosticException e =
        assertThrows(
            DiagnosticException.class,
            () -> run(text, "metric m = logit(answer)", Strategy.OPTIMISED));
    return e.diagnostics().stream().map(d -> d.id()).distinct().toList();
  }
}
