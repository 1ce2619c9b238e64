package org.intervene.result;

import java.time.Duration;
import java.time.Instant;

/**
 * What differs between two runs of one experiment, kept apart in {@code run.json}.
 *
 * @param placement what lies on which device, if it is more than one; else empty
 * @param threads threads of the tensor engine
 * @param cells cells that were planned
 * @param peakMemory most bytes that the process held; 0 if unknown
 */
public record RunInfo(
    Instant started,
    Duration wall,
    String command,
    String specPath,
    String host,
    String system,
    String java,
    String placement,
    int threads,
    long cells,
    long peakMemory) {}
