/**
 * What a checked spec asks the model to compute, with every name resolved to numbers: cells, their
 * edits and what is read from them. Nothing here says how the work is done; an executor may do it
 * in any order and share what is equal.
 */
package org.intervene.plan;
