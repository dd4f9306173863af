/**
 * Floor 10: sets larger than memory, divided into buckets that any intersection protocol takes one
 * by one.
 *
 * <pre>
 * both parties      T(x) = SHA-256(run ‖ x), cut; bucket(x) = its first 32 bits, scaled to the count
 *                   (T(x), row) ──▶ spill            once over all rows
 * bucket by bucket  spill ──▶ T(x) ──▶ the protocol, filled up to the agreed capacity
 * </pre>
 *
 * <p><strong>Security card.</strong>
 *
 * <ul>
 *   <li>Each bucket is a run of the protocol of its own, bound to the whole run and its number,
 *       with sizes hidden: both parties fill up to {@link org.tidegate.mpc.psi.bucket.Buckets the
 *       capacity}, which follows from the agreed sizes, so that neither learns how its peer's keys
 *       fall into buckets.
 *   <li>λ holds for the whole: a bucket runs at λ + 1 + ⌈log2 buckets⌉, and any bucket of either
 *       party overflows with probability at most 2^−(λ+2). An overflow stops the run before that
 *       bucket, with what the buckets before have revealed.
 *   <li>Tokens are cut to 128 bits against semi-honest peers (two of 2^32 different keys have the
 *       same with probability 2^−65), and have 256 against malicious ones, which may look for
 *       collisions. The run's 32 bytes come from both parties, so that neither can choose keys
 *       beforehand that fall into one bucket.
 *   <li>A malicious receiver can ask about as many keys beyond its own as in a run over all of
 *       them, up to the padding: the sum of the slots of the buckets' stores. A bucket that is run
 *       again after a breakdown counts again.
 *   <li>Not hidden from the party's own machine: the spill holds tokens of its own keys.
 * </ul>
 */
@NullMarked
package org.tidegate.mpc.psi.bucket;

import org.jspecify.annotations.NullMarked;
