/**
 * Times the tasks of {@code docs/performance.md} with this project and with other tools, on the
 * same weights and tokens, one after the other on the same machine.
 */
package org.intervene.bench;
