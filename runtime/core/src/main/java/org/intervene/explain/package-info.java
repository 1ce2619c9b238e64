/**
 * Says what a plan will do and what it costs, before anything is computed: the runs as written,
 * what each rule of the optimiser did with them, and the steps that are left.
 */
package org.intervene.explain;
