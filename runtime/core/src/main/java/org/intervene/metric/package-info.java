/**
 * Arrays with named axes, and the arithmetic, reductions and intervals that metrics and
 * expectations are made of.
 */
package org.intervene.metric;
