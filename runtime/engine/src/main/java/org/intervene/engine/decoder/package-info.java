/**
 * A decoder assembled from parts, run over ragged rows: all tokens of a pack stand in one matrix,
 * without padding, and only attention looks at which rows belong to one input.
 */
package org.intervene.engine.decoder;
