package org.intervene.engine.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Span;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSourceTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @TempDir private Path home;
  private Path hub;

  @BeforeEach
  void makeModels() throws IOException {
    hub = home.resolve(".cache/huggingface/hub");
    for (String model : List.of("specs/tiny-gpt2", "models/other")) {
      Files.createDirectories(home.resolve(model));
      Files.writeString(home.resolve(model).resolve("config.json"), "{}");
    }
    Path folder = hub.resolve("models--org--tiny");
    Files.createDirectories(folder.resolve("snapshots").resolve(COMMIT));
    Files.writeString(folder.resolve("snapshots").resolve(COMMIT).resolve("config.json"), "{}");
    Files.createDirectories(folder.resolve("refs/pr"));
    Files.writeString(folder.resolve("refs/main"), COMMIT);
    Files.writeString(folder.resolve("refs/pr/1"), COMMIT + "\n");
  }

  private ResolvedModel find(String source, Map<String, String> variables) {
    Builtins builtins = new Builtins(getClass().getClassLoader(), List.of("sample", "absent"));
    return new ModelSource(new UserPlaces(variables::get, home), builtins)
        .find(
            source, new Diagnostic.Place("spec.ivn", new Span(2, 7, 2, 20)), home.resolve("specs"));
  }

  private Diagnostic problem(String source) {
    DiagnosticException thrown =
        assertThrows(DiagnosticException.class, () -> find(source, Map.of()));
    assertEquals(1, thrown.diagnostics().size());
    assertEquals("spec.ivn", thrown.diagnostics().get(0).place().file());
    return thrown.diagnostics().get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "tiny-gpt2, specs/tiny-gpt2",
    "./tiny-gpt2/, specs/tiny-gpt2",
    "../models/other, models/other",
    "~/models/other, models/other"
  })
  void directoriesStartAtTheSpec(String source, String directory) {
    ResolvedModel model = find(source, Map.of());
    assertEquals(home.resolve(directory), model.path());
    assertEquals(source, model.shown());
    assertEquals(Optional.empty(), model.commit());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hf:org/tiny", "hf:org/tiny@main", "hf:org/tiny@pr/1", "hf:org/tiny@" + COMMIT})
  void hubModelsAreFoundAtTheirCommit(String source) {
    ResolvedModel model = find(source, Map.of());
    assertEquals(hub.resolve("models--org--tiny/snapshots/" + COMMIT), model.path());
    assertEquals("hf:org/tiny@" + COMMIT, model.shown());
    assertEquals(Optional.of(COMMIT), model.commit());
  }

  @ParameterizedTest
  @CsvSource({
    "HF_HUB_CACHE, .cache/huggingface/hub", "HUGGINGFACE_HUB_CACHE, .cache/huggingface/hub",
    "HF_HOME, .cache/huggingface", "XDG_CACHE_HOME, .cache"
  })
  void theCacheIsWhereTheEnvironmentSays(String variable, String directory) throws IOException {
    Path moved = home.resolve("moved");
    Files.move(home.resolve(directory), moved);
    ResolvedModel model = find("hf:org/tiny", Map.of(variable, moved.toString()));
    assertTrue(model.path().startsWith(moved));
    assertEquals("model.not-cached", problem("hf:org/tiny").id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "tiny-gtp2; model.not-found; did you mean `tiny-gpt2`?",
        "../model/other; model.not-found; did you mean `models`?",
        "sample; model.not-found; did you mean `builtin:sample`?",
        "org/tiny; model.not-found; a model of the Hugging Face hub is written `hf:org/tiny`",
        "../models; model.missing-file; give the directory that holds these files",
        "tiny-gpt2/config.json; model.not-a-directory; give the directory that it is in",
        "builtin:smaple; model.unknown-builtin; did you mean `sample`?",
        "builtin:absent; model.unknown-builtin; built in are sample",
        "buitlin:sample; model.unknown-scheme; did you mean `builtin`?",
        "https://huggingface.co/org/tiny; model.unknown-scheme; a model is `builtin:NAME`",
        "hf:org/tiny/more; model.malformed-source; a model is `builtin:NAME`",
        "hf:../../etc; model.malformed-source; a model is `builtin:NAME`",
        "hf:org/tiny@../../x; model.malformed-source; a model is `builtin:NAME`",
        "hf:org/tiny@; model.malformed-source; a model is `builtin:NAME`",
        "' '; model.malformed-source; a model is `builtin:NAME`",
        "hf:org/tinny; model.not-cached; did you mean `org/tiny`?",
        "hf:org/other; model.not-cached; `intervene pull hf:org/other@main` downloads it",
        "hf:org/tiny@man; model.not-cached; did you mean `main`?",
      })
  void whatIsWrongIsSaidWithItsCure(String source, String id, String help) {
    Diagnostic problem = problem(source);
    assertEquals(id, problem.id());
    assertTrue(problem.help().get(0).startsWith(help), () -> problem.help().toString());
  }

  @Test
  void aMissingFileIsNamedWithTheOthersThatAreMissing() throws IOException {
    Files.writeString(home.resolve("models/tokenizer.json"), "{}");
    assertTrue(problem("../models").message().endsWith("lacks config.json, model.safetensors"));
  }

  @Test
  void aCacheOfAnotherMakingIsNoReasonToFail() throws IOException {
    Files.writeString(hub.resolve("models--org--tiny/refs/main"), "not a commit");
    assertEquals("model.not-cached", problem("hf:org/tiny").id());
  }
}
