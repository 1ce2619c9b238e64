/**
 * The experiment language as immutable records, as written: names are not yet resolved and nothing
 * is checked against a model. Both notations read into these records, and positions ({@link
 * org.intervene.diagnostic.Span}) never distinguish two of them.
 */
package org.intervene.ast;
