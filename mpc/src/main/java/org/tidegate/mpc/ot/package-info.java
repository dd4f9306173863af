/**
 * Floor 7: random oblivious transfers from scratch, by the endemic protocol of D. Masny and P.
 * Rindal [ePrint 2019/706, section 5, from Diffie-Hellman] in Ristretto255. Transfer i gives the
 * sender two keys and the receiver the one of its choice.
 *
 * <pre>
 * receiver (choices c)                                 sender
 *   r_{1−c} random element; a random
 *   r_c = a·G − H_c(r_{1−c})     ── ELEMENTS ──▶         b random
 *                               ◀── KEY ──              B = b·G
 *   k_c = K(c, 2a·B)                                     k_j = K(j, b·2(r_j + H_j(r_{1−j})))
 * </pre>
 *
 * <p><strong>Security card.</strong>
 *
 * <ul>
 *   <li>Corruption: one of the two parties, malicious; the random oracle model, gap Diffie-Hellman
 *       in Ristretto255 (κ = 128). The functionality is endemic: a corrupt party may choose its own
 *       keys (a sender both, a receiver the one of its choice); the other's stay random.
 *   <li>On success nobody learns more than its output. On abort nothing is learned: the sender's
 *       one check is of public bytes.
 *   <li>What a network attacker alters makes keys differ, which the protocol above finds out; the
 *       frames come over an authenticated channel in the first place.
 *   <li>Binding, use, parameters, i and j go into every hash. A use is made once per session and
 *       direction: the same use twice would give the same keys.
 *   <li>Not post-quantum.
 * </ul>
 *
 * <p>Deviations from the paper: (1) one B for all transfers of a use; keys are hashes that contain
 * all of a transfer's elements, i and j. (2) All results are doubled, so that elements are encoded
 * with one inversion for many; H is twice the one-way map of RFC 9496 over {@code
 * expand_message_xmd}.
 */
@NullMarked
package org.tidegate.mpc.ot;

import org.jspecify.annotations.NullMarked;
