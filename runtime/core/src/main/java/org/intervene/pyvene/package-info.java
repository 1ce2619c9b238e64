/**
 * What pyvene saved, read into a spec of the same meaning: its {@code config.json}, its weights,
 * and the arguments of the call that ran it.
 */
package org.intervene.pyvene;
