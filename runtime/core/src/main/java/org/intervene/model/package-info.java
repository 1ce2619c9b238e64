/**
 * What a model is, as far as its files tell without loading weights: parts, sites, shapes,
 * tokenizer.
 */
package org.intervene.model;
