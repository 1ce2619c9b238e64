package org.intervene.engine.tokenizer;

import java.nio.file.Path;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;

/** What can be wrong with a tokenizer's files. */
final class TokenizerProblem {
  private TokenizerProblem() {}

  static DiagnosticException missing(Path file) {
    return inFile(
        "tokenizer.missing",
        file,
        "the model directory has no tokenizer.json",
        "save it with `AutoTokenizer.from_pretrained(...).save_pretrained(DIR)`, or give the data"
            + " as token ids");
  }

  static DiagnosticException broken(Path file, String why) {
    return inFile(
        "tokenizer.broken",
        file,
        "the tokenizer cannot be read: " + why,
        "download or save the file again");
  }

  static DiagnosticException random(Path file) {
    return inFile(
        "tokenizer.random",
        file,
        "`dropout` makes the tokenizer split the same text differently every time",
        "set `dropout` of its `model` to null");
  }

  static DiagnosticException noBos(Path file, String asks) {
    return inFile(
        "tokenizer.bos-missing",
        file,
        asks + ", but no file of the tokenizer says which token begins a sequence",
        "write `bos never`, or name it as `bos_token` in tokenizer_config.json");
  }

  static DiagnosticException text(Path file, String why) {
    return inFile("tokenizer.text", file, "the text cannot be encoded: " + why, "correct the text");
  }

  static DiagnosticException library(String why) {
    return DiagnosticException.resource(
        Diagnostic.inFile(
            "tokenizer.library",
            "ai.djl.huggingface:tokenizers",
            "the native tokenizer library cannot be loaded: " + why,
            "set DJL_CACHE_DIR to a folder that can be written; Linux on x86-64 and arm64, macOS"
                + " and Windows are supported"));
  }

  private static DiagnosticException inFile(String id, Path file, String message, String help) {
    return DiagnosticException.resource(Diagnostic.inFile(id, file.toString(), message, help));
  }
}
