/** Specs as tests of JUnit 5: each is run again and held against its lock and golden result. */
package org.intervene.junit;
