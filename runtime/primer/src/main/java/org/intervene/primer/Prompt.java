package org.intervene.primer;

/**
 * A question to the model.
 *
 * @param answer the word that should follow, with the space in front of it
 */
record Prompt(String text, String answer) {}
