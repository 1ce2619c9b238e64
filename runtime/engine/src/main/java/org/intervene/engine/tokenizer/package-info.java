/**
 * Text to tokens and back, from a model directory's {@code tokenizer.json}.
 *
 * <p>The file is read once here, for the names of tokens and for what the native library must not
 * do (truncate, pad, trim), and then given to that library, which does the encoding.
 */
package org.intervene.engine.tokenizer;
