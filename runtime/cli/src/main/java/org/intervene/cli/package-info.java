/** The {@code intervene} command: reads arguments, calls the pipeline, shows what came out. */
package org.intervene.cli;
