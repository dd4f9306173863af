/**
 * Floor 9: an oblivious pseudorandom function of many keys at once, from a key-value store under a
 * vector linear evaluation: the receiver learns F at its keys, the sender F everywhere.
 *
 * <p>Source: S. Raghuraman, P. Rindal, ePrint 2022/320, Figure 4, up to its step 3, over B = F =
 * GF(2^128), or with values of 64 bits where bytes are dear; for a malicious receiver the mask w of
 * P. Rindal, P. Schoppmann, ePrint 2021/266. With T(x) the token of a key, its halves the key's
 * name in the store and H^B(x):
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
 *       store (about 1.35 n), since its P satisfies at most as many equations (ePrint 2021/883 on
 *       how far a store can be overfitted).
 *   <li>Fairness: none. Not post-quantum, because the base transfers are not.
 * </ul>
 *
 * <p><b>Short values.</b> With a store over GF(2), the values of the store, and those of the
 * receiver's vector A, are the 64 lowest bits of an element: B is a subspace of F over GF(2), not a
 * subfield. Encoding, decoding and the code under the linear evaluation are linear over GF(2), so
 * that C = A·Δ + B survives them; products by Δ are in F. A key that the receiver does not have
 * gets an output that it can compute only if Decode(P, y) = H^B(y), which has probability 2^−64:
 * for up to 2^24 keys of the sender less than 2^−40 together. A receiver that may choose its store
 * could search for more keys that fit, at 2^64 a try for n more slots than it has: therefore
 * semi-honest only.
 *
 * <p><b>Deviations.</b> Of B the paper asks λ + log2(n_x·n_y) bits, for n_x and n_y keys; here λ +
 * log2(n_y) are enough, because H° takes the key too: outputs of two different keys are the same
 * only where H° itself collides, and its outputs have the paper's length. H^B(x) is half of the
 * token, whose other half seeds the rows: both are one random oracle over the run's binding and the
 * key. A seed that leaves the store without an encoding, which has probability 2^−λ, is drawn
 * again.
 */
@NullMarked
package org.tidegate.mpc.oprf.vole;

import org.jspecify.annotations.NullMarked;
