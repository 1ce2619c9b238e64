/**
 * Suites that cross modules: whole specs on whole models, against other programs and against the
 * naive plan.
 */
package org.intervene.tests;
