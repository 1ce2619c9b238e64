/**
 * Prints a spec in either notation, always the same way: reading what is printed gives an equal
 * syntax tree, and printing that again gives the same text. Comments stay with what they belong to.
 */
package org.intervene.print;
