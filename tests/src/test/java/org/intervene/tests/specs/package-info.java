/** The specs, examples and commands that this project publishes do what they say. */
package org.intervene.tests.specs;
