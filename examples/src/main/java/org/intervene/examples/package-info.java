/** Programs that embed the library. */
package org.intervene.examples;
