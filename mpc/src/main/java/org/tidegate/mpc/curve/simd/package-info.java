/**
 * Floor 4: Curve25519 and Ristretto255 for whole batches, several independent points side by side.
 *
 * <p>Written over {@link org.tidegate.mpc.lane.Field25519}, so the same formulas run in 512-bit and
 * 256-bit lanes and, for reference, one at a time. Differs from RFC 9496 in one thing that does not
 * show in results: a batch is encoded by the doubling formula of Hamburg's Decaf paper (2015/673),
 * as curve25519-dalek does, so that one inversion serves the whole batch.
 */
@NullMarked
package org.tidegate.mpc.curve.simd;

import org.jspecify.annotations.NullMarked;
