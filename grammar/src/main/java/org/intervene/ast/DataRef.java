package org.intervene.ast;

import java.util.Optional;
import org.intervene.diagnostic.Span;

/** {@code facts} or {@code facts.clean}: a dataset, and which of its columns is the input. */
public record DataRef(Span span, Word data, Optional<Word> column) {}
