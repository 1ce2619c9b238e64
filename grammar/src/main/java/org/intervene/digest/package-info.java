/**
 * Digests that any program can compute: SHA-256 of canonical texts. {@code docs/digests.md} says
 * what they are taken of.
 */
package org.intervene.digest;
