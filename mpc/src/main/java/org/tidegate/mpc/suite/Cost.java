package org.tidegate.mpc.suite;

/**
 * What a run is likely to cost; a function of agreed numbers only.
 *
 * @param firstToSecondBytes payload bytes from the first role to the second
 * @param secondToFirstBytes payload bytes from the second role to the first
 * @param rounds changes of direction
 * @param firstCpuMillis one core's time at the first role, on the reference machine
 * @param secondCpuMillis one core's time at the second role, on the reference machine
 */
public record Cost(
    long firstToSecondBytes,
    long secondToFirstBytes,
    int rounds,
    long firstCpuMillis,
    long secondCpuMillis) {}
