package org.intervene.engine.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every broken tokenizer is one clear error; none ends the process. */
class TokenizerProblemsTest {
  private static final Path CASES = Path.of("src/test/resources/tokenizers");

  @TempDir private Path directory;

  private static Diagnostic problem(Executable executable) {
    DiagnosticException thrown = assertThrows(DiagnosticException.class, executable);
    assertEquals(DiagnosticException.Kind.RESOURCE, thrown.kind());
    assertEquals(1, thrown.diagnostics().size());
    return thrown.diagnostics().get(0);
  }

  private Diagnostic opening(Bos bos) {
    return problem(() -> JsonTokenizer.open(directory, bos));
  }

  private static String text(String name) throws IOException {
    return Files.readString(CASES.resolve(name + "/tokenizer.json"));
  }

  private void write(String tokenizer) throws IOException {
    Files.writeString(directory.resolve("tokenizer.json"), tokenizer);
  }

  @Test
  void missing() {
    assertEquals("tokenizer.missing", opening(Bos.AUTO).id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n",
        "[]",
        "{}",
        "{\"model\":7}",
        "{\"version\":\"9.0\",\"model\":{\"type\":\"BPE\",\"vocab\":{},\"merges\":[]}}",
        "{\"version\":\"1.0\",\"model\":{\"type\":\"Magic\",\"vocab\":{}}}",
        "{\"version\":\"1.0\",\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":-1}}}",
        "{\"version\":\"1.0\",\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":2000000000}}}",
        "{\"version\":\"1.0\",\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":\"b\"}}}",
        "{\"version\":\"1.0\",\"model\":{\"type\":\"Unigram\",\"vocab\":[[7,\"a\"]]}}",
        "{\"version\":\"1.0\",\"added_tokens\":[{\"id\":\"x\"}],\"model\":{\"vocab\":{}}}",
        "{\"version\":\"1.0\",\"model\":{\"type\":\"WordLevel\",\"vocab\":{},\"unk_token\":\"u\"}}"
      })
  void broken(String tokenizer) throws IOException {
    write(tokenizer);
    Diagnostic problem = opening(Bos.AUTO);
    assertEquals("tokenizer.broken", problem.id());
    assertEquals(directory.resolve("tokenizer.json").toString(), problem.place().file());
    assertEquals(1, problem.message().lines().count());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 300, 1500, 5000, 7000})
  void cutOff(int length) throws IOException {
    write(text("gpt2").substring(0, length));
    assertEquals("tokenizer.broken", opening(Bos.AUTO).id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "llama3; \"id\":\"<|begin|>\",\"type_id\":0; \"id\":\"<other>\",\"type_id\":0; <other>",
        "gpt2; \"continuing_subword_prefix\":null; \"continuing_subword_prefix\":\"##\"; lacks",
        "gpt2; \"type\":\"BPE\"; \"type\":\"Unigram\"; invalid type",
      })
  void settingsThatTheLibraryDoesNotSurvive(String name, String old, String changed, String says)
      throws IOException {
    String tokenizer = text(name);
    assertTrue(tokenizer.contains(old), old);
    write(tokenizer.replace(old, changed));
    Diagnostic problem = opening(Bos.AUTO);
    assertEquals("tokenizer.broken", problem.id());
    assertTrue(problem.message().contains(says), problem::message);
  }

  @Test
  void splitsAtRandom() throws IOException {
    write(text("gpt2").replace("\"dropout\":null", "\"dropout\":0.1"));
    assertEquals("tokenizer.random", opening(Bos.AUTO).id());
  }

  @Test
  void noTokenBegins() throws IOException {
    write(text("words"));
    assertEquals("tokenizer.bos-missing", opening(Bos.ALWAYS).id());
    Files.writeString(directory.resolve("tokenizer_config.json"), "{\"add_bos_token\":true}");
    assertEquals("tokenizer.bos-missing", opening(Bos.AUTO).id());
    assertEquals("none", JsonTokenizer.open(directory, Bos.NEVER).policy().shown());
  }

  @Test
  void aConfigThatIsNotJson() throws IOException {
    write(text("words"));
    Path config = Files.writeString(directory.resolve("tokenizer_config.json"), "{\"bos_token\":");
    Diagnostic problem = opening(Bos.AUTO);
    assertEquals("tokenizer.broken", problem.id());
    assertEquals(config.toString(), problem.place().file());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "in \ude00", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
  void halfACharacter(String text) {
    JsonTokenizer tokenizer = JsonTokenizer.open(CASES.resolve("gpt2"), Bos.AUTO);
    assertEquals("tokenizer.text", problem(() -> tokenizer.encode(text)).id());
    assertEquals("tokenizer.text", problem(() -> tokenizer.tokensOf(text)).id());
  }

  @Test
  void aWordThatHasNoToken() throws IOException {
    write(
        "{\"version\":\"1.0\",\"pre_tokenizer\":{\"type\":\"Whitespace\"},\"model\":{\"type\":"
            + "\"WordLevel\",\"vocab\":{\"Paris\":0},\"unk_token\":\"<unk>\"}}");
    JsonTokenizer tokenizer = JsonTokenizer.open(directory, Bos.AUTO);
    assertEquals(1, tokenizer.encode("Paris").tokens().length);
    assertEquals("tokenizer.text", problem(() -> tokenizer.encode("Rome")).id());
  }
}
