/** The whole way from a spec file to a result, for programs that embed it. */
package org.intervene.experiment;
