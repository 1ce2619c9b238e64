/**
 * Whether a spec makes sense before anything is computed: its names, its sweeps, the order of its
 * runs, and which metric each run has. What depends on single examples or sweep points is checked
 * while they are planned.
 */
package org.intervene.check;
