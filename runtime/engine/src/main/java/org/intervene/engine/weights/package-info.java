/**
 * Weights from safetensors files into tensors of the wanted dtype, mapped and not copied where
 * possible.
 */
package org.intervene.engine.weights;
