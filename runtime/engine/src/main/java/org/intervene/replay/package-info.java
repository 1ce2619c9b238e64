/** Runs specs again and says what moved, by how much, for people and for CI systems. */
package org.intervene.replay;
