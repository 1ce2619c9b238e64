/**
 * Finished runs in MLflow: its parameters, metrics, tags and files, sent to a server or written in
 * the layout of a file store. Nothing here can fail a run: what went wrong is a reason to be told.
 */
package org.intervene.track;
