/** Datasets: rows of columns, the inputs that runs read from them, and the named spans of those. */
package org.intervene.data;
