/**
 * Safetensors files: headers read and checked against the file, single or sharded. No tensor data
 * is read here.
 */
package org.intervene.model.safetensors;
