package org.intervene.model.family;

/** Sizes that follow from others. */
final class Sizes {
  private Sizes() {}

  /** Width of a head where heads divide the residual stream among them. */
  static int dHead(Config config, int dModel, int heads) {
    if (dModel % heads != 0) {
      config.contradiction(
          "the width " + dModel + " is not a multiple of the number of heads, " + heads,
          "each head has as many elements as the width divided by the number of heads");
    }
    return Math.max(1, dModel / heads);
  }
}
