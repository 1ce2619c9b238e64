/**
 * From what a spec writes as its model to a directory on this machine: models that come with the
 * program, directories, and the standard Hugging Face cache. Nothing here uses a network.
 */
package org.intervene.engine.source;
