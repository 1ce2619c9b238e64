/**
 * Downloads models of the Hugging Face hub into the hub's own cache, in the layout that Python's
 * {@code huggingface_hub} writes and reads.
 *
 * <p>Only this package uses the network, and only when asked to.
 */
package org.intervene.engine.source.pull;
