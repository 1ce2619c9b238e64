/**
 * Safetensors files: headers read and checked against the file, single or sharded; files written.
 * No tensor data is read here.
 */
package org.intervene.model.safetensors;
