/**
 * Floor 9: an oblivious pseudorandom function of many keys at once, from a key-value store under a
 * vector linear evaluation: the receiver learns F at its keys, the sender F everywhere.
 *
 * <p>Source: S. Raghuraman, P. Rindal, ePrint 2022/320, Figure 4, up to its step 3, over B = F =
 * GF(2^128); for a malicious receiver the mask w of P. Rindal, P. Schoppmann, ePrint 2021/266,
 * section 4. With T(x) the token of a key, its halves the key's name in the store and H^B(x):
 *
 * <pre>
 * sender (Δ, B)                                         receiver (A, C = A·Δ + B)
 *   w_s random              ── COMMITTED ──▶                                      (malicious)
 *                           ◀── SEED ──                 r, w_r random
 *                                                       P = Encode((x, H^B(x)), r)
 *                           ◀── STORE ──                A' = A + P
 *   B' = B + A'·Δ           ── OPENED ──▶               w = w_r + w_s             (malicious)
 *   F(y) = H°(Decode(B', y) + Δ·H^B(y) + w, y)          F(x) = H°(Decode(C, x) + w, x)
 * </pre>
 *
 * <p><strong>Security card.</strong>
 *
 * <ul>
 *   <li>Corruption: one of the two parties, semi-honest or malicious, as agreed. Random oracles,
 *       and what the linear evaluation assumes.
 *   <li>The sender learns nothing: A' is uniform. The receiver learns F at its keys only.
 *   <li>Set-size slack: a receiver that deviates may learn F at up to n' keys, the slots of the
 *       store (about 1.35 n), since its P satisfies at most as many equations (ePrint 2021/883,
 *       section 6.2, on how far a store can be overfitted).
 *   <li>Fairness: none. Not post-quantum, because the base transfers are not.
 * </ul>
 *
 * <p><b>Deviations.</b> H^B(x) is half of the token, whose other half seeds the rows: both are one
 * random oracle over the run's binding and the key. A seed that leaves the store without an
 * encoding, which has probability 2^−λ, is drawn again.
 */
@NullMarked
package org.tidegate.mpc.oprf.vole;

import org.jspecify.annotations.NullMarked;
