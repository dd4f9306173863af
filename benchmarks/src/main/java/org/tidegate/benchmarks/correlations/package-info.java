/**
 * Times the protocols that give two parties correlated randomness, both parties in this process
 * with a channel in memory between them: what they compute, without a network.
 */
@NullMarked
package org.tidegate.benchmarks.correlations;

import org.jspecify.annotations.NullMarked;
