package org.intervene.read;

import java.util.List;
import java.util.Optional;
import org.intervene.ast.Comments;
import org.intervene.ast.Spec;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.SourceText;

/**
 * What reading a file gave.
 *
 * @param source the text, for showing diagnostics; empty if the file could not be read at all
 * @param spec absent if there is any error
 * @param diagnostics in the order of the text
 * @param comments where the comments of the file belong
 */
public record Reading(
    SourceText source, Optional<Spec> spec, List<Diagnostic> diagnostics, Comments comments) {
  public Reading {
    diagnostics = List.copyOf(diagnostics);
  }
}
