/**
 * What a finished experiment leaves: its tables, its files and its report. The same experiment
 * writes the same bytes every time; what differs between two runs of it goes to {@code run.json}.
 */
package org.intervene.result;
