package org.intervene.engine.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecialTokensTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "gpt2;<|endoftext|>",
        "bert;[PAD] [UNK] [CLS] [SEP] [MASK]",
        "words;<unk>",
        "llama2;<unk> <s> </s>"
      })
  void thoseThatTheFileMarks(String name, String expected) {
    JsonTokenizer tokenizer =
        JsonTokenizer.open(Path.of("src/test/resources/tokenizers", name), Bos.AUTO);
    List<String> special =
        IntStream.range(-1, tokenizer.size() + 1)
            .filter(tokenizer::isSpecial)
            .mapToObj(tokenizer::show)
            .toList();
    assertEquals(List.of(expected.split(" ")), special);
  }

  @ParameterizedTest
  @CsvSource({"bert,[MASK]", "roberta,<mask>", "gpt2,", "llama3,"})
  void theMask(String name, String expected) {
    JsonTokenizer tokenizer =
        JsonTokenizer.open(Path.of("src/test/resources/tokenizers", name), Bos.AUTO);
    OptionalInt mask = tokenizer.mask();
    assertEquals(expected, mask.isPresent() ? tokenizer.show(mask.getAsInt()) : null);
  }
}
