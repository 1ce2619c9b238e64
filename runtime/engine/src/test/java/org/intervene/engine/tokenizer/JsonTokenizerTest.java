package org.intervene.engine.tokenizer;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.intervene.model.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compared with the Python library; tests/reference/make_tokenizers.py writes the cases. */
class JsonTokenizerTest {
  private static final Path CASES = Path.of("src/test/resources/tokenizers");

  private static JsonTokenizer open(String name, Bos bos) {
    return JsonTokenizer.open(CASES.resolve(name), bos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gpt2", "llama3", "roberta", "bert", "unigram", "xglm", "llama2", "words"})
  void idsAndOffsetsAreThoseOfThePythonLibrary(String name) throws IOException {
    JsonTokenizer tokenizer = open(name, Bos.NEVER);
    JsonNode expected =
        new ObjectMapper().readTree(CASES.resolve(name + "/expected.json").toFile());
    assertEquals(expected.get("size").intValue(), tokenizer.size());
    assertAll(each(expected.get("whole")).map(row -> () -> sameWhole(tokenizer, row)));
    assertAll(each(expected.get("continuing")).map(row -> () -> sameTokens(tokenizer, row)));
  }

  private static void sameWhole(JsonTokenizer tokenizer, JsonNode row) {
    String text = row.get("text").textValue();
    Tokenizer.Encoding encoding = tokenizer.encode(text);
    assertArrayEquals(ints(row.get("ids")), encoding.tokens(), text);
    assertArrayEquals(units(text, row.get("starts")), encoding.starts(), text);
    assertArrayEquals(units(text, row.get("ends")), encoding.ends(), text);
  }

  private static void sameTokens(JsonTokenizer tokenizer, JsonNode row) {
    String text = row.get("text").textValue();
    assertArrayEquals(ints(row.get("ids")), tokenizer.tokensOf(text), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "gpt2;AUTO;none",
        "gpt2;ALWAYS;<|endoftext|>",
        "gpt2;NEVER;none",
        "llama3;AUTO;<|begin|>",
        "llama3;ALWAYS;<|begin|>",
        "llama3;NEVER;none",
        "roberta;AUTO;<s> … </s>",
        "roberta;ALWAYS;<s> … </s>",
        "roberta;NEVER;none",
        "bert;AUTO;[CLS] … [SEP]",
        "bert;ALWAYS;[CLS] … [SEP]",
        "bert;NEVER;none",
        "unigram;AUTO;<s>",
        "xglm;AUTO;</s>",
        "xglm;ALWAYS;<s> </s>",
        "llama2;AUTO;<s>",
        "llama2;NEVER;none",
        "words;AUTO;none"
      })
  void whatIsPutAround(String name, Bos bos, String shown) {
    JsonTokenizer tokenizer = open(name, bos);
    assertEquals(shown, tokenizer.policy().shown());
    Tokenizer.Encoding plain = open(name, Bos.NEVER).encode("The Tower is in");
    Tokenizer.Encoding encoding = tokenizer.encode("The Tower is in");
    int before = tokenizer.policy().before().size();
    int after = tokenizer.policy().after().size();
    assertEquals(before + plain.tokens().length + after, encoding.tokens().length);
    for (int i = 0; i < encoding.tokens().length; i++) {
      boolean inside = i >= before && i < before + plain.tokens().length;
      assertEquals(inside ? plain.starts()[i - before] : -1, encoding.starts()[i]);
      assertEquals(inside ? plain.ends()[i - before] : -1, encoding.ends()[i]);
    }
  }

  @Test
  void aWordCoversItsLeadingSpace() {
    Tokenizer.Encoding encoding = open("gpt2", Bos.AUTO).encode("😀 in Paris");
    int last = encoding.tokens().length - 1;
    assertEquals(5, encoding.starts()[last]);
    assertEquals(11, encoding.ends()[last]);
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static int[] ints(JsonNode array) {
    return each(array).mapToInt(JsonNode::intValue).toArray();
  }

  private static int[] units(String text, JsonNode codePoints) {
    return each(codePoints).mapToInt(n -> text.offsetByCodePoints(0, n.intValue())).toArray();
  }
}
