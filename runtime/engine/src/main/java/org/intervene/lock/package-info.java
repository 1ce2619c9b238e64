/**
 * Lock files: what a spec leaves open, pinned; and what has changed since.
 *
 * <p>{@code NAME.lock.json} stands beside {@code NAME.ivn}. A pin belongs to words of the spec: if
 * the words change it is made anew, and if the words stand and the thing behind them is another,
 * the run stops.
 */
package org.intervene.lock;
