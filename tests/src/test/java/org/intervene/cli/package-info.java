/** Suites that start the real commands inside the test's own process. */
package org.intervene.cli;
