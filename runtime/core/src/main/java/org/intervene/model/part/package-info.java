/**
 * The parts that a decoder is assembled from, each with its settings and the tensors of the
 * checkpoint that it reads. All of it is data: nothing here computes.
 */
package org.intervene.model.part;
