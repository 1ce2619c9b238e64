/**
 * Datasets: the rows that a spec writes, names or describes, as examples with columns, and what a
 * model's tokenizer makes of them.
 */
package org.intervene.data;
