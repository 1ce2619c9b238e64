package org.intervene.engine.source.pull;

/**
 * A file of a model on the hub.
 *
 * @param name without any directory
 * @param size in bytes
 */
record HubFile(String name, long size, BlobDigest digest) {}
