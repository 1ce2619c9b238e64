package org.intervene.engine.weights;

/** How linear maps are multiplied. */
public enum Products {
  /** With the weights as they are in the file. */
  PLAIN,
  /** With the weights laid out for oneDNN, where the dtype and the device allow it. */
  PACKED
}
