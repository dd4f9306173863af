package org.tidegate.connector.job;

import java.time.Duration;

/**
 * Times and numbers of jobs.
 *
 * @param timeout from a proposal to its expiry
 * @param maxTimeout longest expiry accepted from others
 * @param peerTimeout how long a peer may be silent
 * @param concurrent jobs computed at a time, in each role
 */
public record JobSettings(
    Duration timeout, Duration maxTimeout, Duration peerTimeout, int concurrent) {}
