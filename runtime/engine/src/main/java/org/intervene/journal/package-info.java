/**
 * What a run has finished, written down as it goes on, so that a run which was stopped at any
 * moment can be continued. The file only grows; a record that was cut off does not count.
 */
package org.intervene.journal;
