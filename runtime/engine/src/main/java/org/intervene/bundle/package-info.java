/**
 * One file that holds an experiment and its result: a zip archive with a digest for each file,
 * RO-Crate metadata and a citation. Reading one trusts nothing in it.
 */
package org.intervene.bundle;
