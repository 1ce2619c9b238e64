/** The way from a spec to a plan, all of it before any weight is loaded. */
package org.intervene.compile;
