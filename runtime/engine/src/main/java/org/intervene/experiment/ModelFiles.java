package org.intervene.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.intervene.ast.ModelClause;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.engine.source.ModelSource;
import org.intervene.engine.source.ResolvedModel;
import org.intervene.engine.tokenizer.Bos;
import org.intervene.engine.tokenizer.JsonTokenizer;
import org.intervene.model.directory.ModelDirectory;

/**
 * A model's files as far as checks need them: no weights.
 *
 * @param tokenizer absent if the directory has none
 */
record ModelFiles(
    ResolvedModel resolved, ModelDirectory described, Optional<JsonTokenizer> tokenizer) {

  /**
   * Finds and describes the model that a spec names.
   *
   * @param specFile the file that names it
   */
  static ModelFiles of(ModelClause clause, String specFile, Path folder, Bos bos) {
    Diagnostic.Place place = new Diagnostic.Place(specFile, clause.source().span());
    ResolvedModel resolved = ModelSource.resolve(clause.source().text(), place, folder);
    ModelDirectory described = ModelDirectory.describe(resolved.path());
    Optional<JsonTokenizer> tokenizer =
        Files.exists(described.tokenizerFile())
            ? Optional.of(JsonTokenizer.open(resolved.path(), bos))
            : Optional.empty();
    return new ModelFiles(resolved, described, tokenizer);
  }
}
