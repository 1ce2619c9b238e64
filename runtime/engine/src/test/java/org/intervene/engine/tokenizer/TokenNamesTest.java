package org.intervene.engine.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenNamesTest {
  private static JsonTokenizer open(String name) {
    return JsonTokenizer.open(Path.of("src/test/resources/tokenizers").resolve(name), Bos.NEVER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "gpt2; in Paris; in| Paris",
        "gpt2; 東; <0xE6>|<0x9D>|<0xB1>",
        "gpt2; <|endoftext|>; <|endoftext|>",
        "llama3; The Tower; The| |To|wer",
        "bert; Paris Tower; paris|tower",
        "bert; inis; in|##i|##s",
        "unigram; in Paris; ` |in| |P|ar|is`",
        "llama2; in Paris; ` in| Paris`",
        "llama2; é東; ` |é|<0xE6>|<0x9D>|<0xB1>`",
        "words; in Paris Oslo; in|Paris|<unk>",
      })
  void tokensReadAsTheTextThatTheyStandFor(String name, String text, String shown) {
    JsonTokenizer tokenizer = open(name);
    String read =
        Arrays.stream(tokenizer.encode(text).tokens())
            .mapToObj(tokenizer::show)
            .collect(Collectors.joining("|"));
    assertEquals(shown, read);
  }

  @ParameterizedTest
  @CsvSource({"-1", "100000"})
  void idsWithoutATokenAreShownToo(int id) {
    assertEquals("<token " + id + ">", open("gpt2").show(id));
  }
}
