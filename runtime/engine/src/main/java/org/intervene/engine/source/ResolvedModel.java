package org.intervene.engine.source;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A model directory on this machine, and how it was found.
 *
 * @param source as the spec writes it
 * @param path the directory, absolute
 * @param shown what results and messages call the model: the same on every machine wherever the
 *     source is, so the commit of a hub model is part of it
 * @param commit of a hub model, 40 hexadecimal digits
 */
public record ResolvedModel(String source, Path path, String shown, Optional<String> commit) {}
