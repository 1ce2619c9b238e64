package org.intervene.junit;

import java.nio.file.Path;
import java.util.List;
import org.intervene.replay.Replay;
import org.intervene.replay.Replayed;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.opentest4j.AssertionFailedError;

/** The test of one spec: it is replayed right before the method runs. */
final class SpecTest
    implements TestTemplateInvocationContext, BeforeTestExecutionCallback, ParameterResolver {
  private final Replay replay;
  private final Path file;
  private Replayed replayed;

  SpecTest(Replay replay, Path file) {
    this.replay = replay;
    this.file = file;
  }

  @Override
  public String getDisplayName(int invocationIndex) {
    return file.toString();
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    replayed = replay.run(file);
    if (!replayed.passed()) {
      throw new AssertionFailedError(
          replayed.summary() + "\n" + String.join("\n", replayed.details()));
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Replayed.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return replayed;
  }
}
