package org.intervene.engine.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.intervene.model.Tokenizer;

/** The native library with one tokenizer loaded. Its offsets count Unicode code points. */
final class NativeTokenizer {
  /** Without these the library warns that it chose them. */
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  private final Path file;
  private final HuggingFaceTokenizer tokenizer;

  private NativeTokenizer(Path file, HuggingFaceTokenizer tokenizer) {
    this.file = file;
    this.tokenizer = tokenizer;
  }

  /**
   * Loads a tokenizer.
   *
   * @param file where the text came from, for messages
   * @param json the text of a {@code tokenizer.json}
   */
  static NativeTokenizer load(Path file, String json) {
    try {
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      return new NativeTokenizer(
          file, HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(bytes), OPTIONS));
    } catch (LinkageError e) {
      throw TokenizerProblem.library(rootMessage(e));
    } catch (IOException | RuntimeException e) {
      throw TokenizerProblem.broken(file, firstLine(e));
    }
  }

  /**
   * Encodes a text with nothing around it.
   *
   * @return offsets in UTF-16 units; -1 for a token that no character made
   */
  Tokenizer.Encoding encode(String text) {
    Encoding inner = encode(text, false);
    CodePoints points = CodePoints.of(text);
    CharSpan[] spans = inner.getCharTokenSpans();
    int[] starts = new int[spans.length];
    int[] ends = new int[spans.length];
    for (int i = 0; i < spans.length; i++) {
      starts[i] = spans[i] == null ? -1 : unit(points, spans[i].getStart());
      ends[i] = spans[i] == null ? -1 : unit(points, spans[i].getEnd());
    }
    return new Tokenizer.Encoding(ids(inner), starts, ends);
  }

  private int unit(CodePoints points, int codePoint) {
    if (codePoint < 0 || codePoint > points.count()) {
      throw TokenizerProblem.broken(file, "it gives tokens that lie outside of the text");
    }
    return points.unit(codePoint);
  }

  /** The ids of a text with what the tokenizer's post-processor puts around it. */
  int[] idsWithSpecials(String text) {
    return ids(encode(text, true));
  }

  private Encoding encode(String text, boolean specials) {
    requireWholeCharacters(text);
    try {
      return tokenizer.encode(text, specials, false);
    } catch (RuntimeException e) {
      throw TokenizerProblem.text(file, firstLine(e));
    }
  }

  private static int[] ids(Encoding encoding) {
    return Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
  }

  /** Half a surrogate pair has no UTF-8 form; the library would silently encode something else. */
  private void requireWholeCharacters(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (Character.getType(text.codePointAt(i)) == Character.SURROGATE) {
        throw TokenizerProblem.text(file, "half of a surrogate pair stands at index " + i);
      }
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return firstLine(root);
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
