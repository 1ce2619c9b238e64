/** A model directory as a whole: config, weights and tokenizer found, read and checked together. */
package org.intervene.model.directory;
