package org.intervene.junit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.experiment.Options;
import org.intervene.replay.Replay;
import org.intervene.replay.SpecFiles;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Finds the specs of a {@link ReplaySpecs} and makes a test of each. */
final class SpecTests implements TestTemplateInvocationContextProvider {

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return annotation(context).isPresent();
  }

  private static Optional<ReplaySpecs> annotation(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getTestMethod(), ReplaySpecs.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    ReplaySpecs specs = annotation(context).orElseThrow();
    Replay replay = Replay.of(options(specs));
    return files(specs).stream().map(file -> new SpecTest(replay, file));
  }

  private static List<Path> files(ReplaySpecs specs) {
    try {
      return SpecFiles.in(Stream.of(specs.value()).map(Path::of).toList());
    } catch (DiagnosticException e) {
      throw new ExtensionConfigurationException(e.getMessage() + ": " + List.of(specs.value()), e);
    }
  }

  private static Options options(ReplaySpecs specs) {
    return new Options(
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        specs.threads() == 0 ? OptionalInt.empty() : OptionalInt.of(specs.threads()),
        Options.Strategy.OPTIMISED,
        OptionalLong.empty());
  }
}
