/**
 * Rewrites a plan into one that gives the same numbers with a fraction of the work. Each rule
 * stands in its own file with a drawing of what it does, and says how exactly it keeps the numbers.
 */
package org.intervene.optimise;
