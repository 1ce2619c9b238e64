/**
 * Carries out plans: the naive executor, which is the oracle, and the packed one, which gives the
 * same numbers sooner.
 */
package org.intervene.execute;
