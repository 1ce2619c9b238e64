package org.intervene.execute;

import org.intervene.plan.CellEdit;

/**
 * One work's edit and the rows that it changes.
 *
 * @param rows of the matrix
 * @param positions by row, its position in the work's input
 */
record PlacedEdit(Member member, CellEdit edit, int[] rows, int[] positions) {}
