package org.intervene.primer;

/**
 * The shape of the model: GPT-2 with tied embeddings.
 *
 * @param vocabulary rows of the embedding
 * @param layers blocks
 * @param width length of a residual vector
 * @param heads attention heads of a block
 */
record Gpt2Config(int vocabulary, int layers, int width, int heads) {
  /** Positions that the model has embeddings for. */
  static final int POSITIONS = 64;

  static final double EPSILON = 1e-5;

  static Gpt2Config primer(Vocabulary vocabulary) {
    return new Gpt2Config(vocabulary.ids().size(), 4, 128, 4);
  }
}
