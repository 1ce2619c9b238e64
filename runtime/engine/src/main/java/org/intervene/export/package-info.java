/**
 * What others read: tables and figures of a finished result, made from its directory alone, for
 * papers and for other programs.
 */
package org.intervene.export;
