package org.intervene.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.intervene.engine.source.ModelSource;
import org.intervene.engine.source.ResolvedModel;
import org.intervene.engine.tokenizer.Bos;
import org.intervene.engine.tokenizer.BosPolicy;
import org.intervene.engine.tokenizer.JsonTokenizer;
import org.intervene.model.ModelFacts;
import org.intervene.model.directory.ModelDirectory;
import org.intervene.model.safetensors.Checkpoint;
import org.intervene.model.safetensors.TensorEntry;

/**
 * What the files of a model say, weights left where they are.
 *
 * @param shown the model with the commit that it is, where it has one
 * @param dtypes bytes of all tensors of a stored dtype, such as {@code F32}
 */
record ModelDetails(
    String shown,
    Path directory,
    ModelFacts facts,
    long parameters,
    Map<String, Long> dtypes,
    Optional<Tokens> tokenizer) {

  /** A tokenizer and what it puts around every input unless a spec says otherwise. */
  record Tokens(int size, BosPolicy around) {}

  /**
   * Reads a model's files.
   *
   * @throws org.intervene.diagnostic.DiagnosticException with all that is wrong with them
   */
  static ModelDetails of(String model) {
    ResolvedModel resolved = ModelSource.resolve(model, Path.of("").toAbsolutePath());
    ModelDirectory opened = ModelDirectory.open(resolved.path());
    Checkpoint checkpoint = opened.checkpoint().orElseThrow();
    Map<String, Long> dtypes = new TreeMap<>();
    long parameters = 0;
    for (TensorEntry tensor : checkpoint.tensors().values()) {
      dtypes.merge(tensor.dtype(), tensor.bytes(), Long::sum);
      parameters += elements(tensor.shape());
    }
    return new ModelDetails(
        resolved.shown(),
        resolved.path(),
        opened.architecture().facts(),
        parameters,
        dtypes,
        tokens(opened));
  }

  private static long elements(long[] shape) {
    long product = 1;
    for (long length : shape) {
      product *= length;
    }
    return product;
  }

  private static Optional<Tokens> tokens(ModelDirectory opened) {
    if (!Files.exists(opened.tokenizerFile())) {
      return Optional.empty();
    }
    JsonTokenizer tokenizer = JsonTokenizer.open(opened.path(), Bos.AUTO);
    return Optional.of(new Tokens(tokenizer.size(), tokenizer.policy()));
  }
}
