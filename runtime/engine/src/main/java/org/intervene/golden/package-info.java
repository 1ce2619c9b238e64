/**
 * Golden results: the table that a spec gave, {@code NAME.golden.json}, and how far a later one has
 * moved from it in units of the tolerances that the spec allows.
 */
package org.intervene.golden;
