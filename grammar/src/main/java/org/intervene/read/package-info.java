/**
 * Reads an experiment: source text in, a {@link org.intervene.ast.Spec} or diagnostics out. The DSL
 * and the texts inside YAML go through the same grammar.
 */
package org.intervene.read;
