/** Compares with numbers that other programs computed. */
package org.intervene.reference;
