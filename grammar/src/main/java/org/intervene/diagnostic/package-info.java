/** What is wrong with an input, where it stands, and what would have been right. */
package org.intervene.diagnostic;
