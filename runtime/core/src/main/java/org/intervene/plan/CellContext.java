package org.intervene.plan;

import java.util.Map;

/**
 * The cell that is being planned.
 *
 * @param run the run that it belongs to
 * @param point index on each sweep axis, by the axis's name
 */
record CellContext(RunLayout run, Prompt prompt, Scope scope, Map<String, Integer> point) {}
