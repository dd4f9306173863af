/**
 * Floor 10: private set intersection by Diffie-Hellman: the receiver learns which of its rows
 * match. Each key goes through the oblivious pseudorandom function 2HashDH [ePrint 2014/650, Figure
 * 2] with the sender's key k: F(x) = H₂(x, k·G, k·H(x)); the receiver compares its outputs with the
 * sender's. The receiver blinds with multiples of the generator and unblinds with the same
 * multiples of k·G [ePrint 2021/273: "multiplicative blinding"]: both from tables, in a third of
 * the time of a multiplication.
 *
 * <pre>
 * sender                                               receiver
 *   k random; y₁…y_n                                     x₁…x_m
 *   k·G                         ── KEY ──▶               s random, fresh for every x
 *                               ◀── BLINDED ──           H(x) + s·G, shuffled
 *   k·(H(x) + s·G)              ── EVALUATED ──▶         that − s·(k·G) = k·H(x)
 *                               ◀── AGREE ──▶            transcripts are the same
 *   H₂(y, k·G, k·H(y)), shuffled ── TOKENS ──▶           compares
 *                               SEALED, DONE, END        transcripts are the same, to the last frame
 * </pre>
 *
 * <p>In Ristretto255 the kernels give doubles: the receiver sends 2·H(x) + s·G and takes twice what
 * is left, so the sender evaluates, and makes the public key, with k/4, and its own keys with k.
 *
 * <p><strong>Security card.</strong>
 *
 * <ul>
 *   <li>Corruption: one of the two parties, semi-honest; random oracle model, one-more gap
 *       Diffie-Hellman in the agreed group: Ristretto255, P-256 or SM2. Keys are fresh per run.
 *       Blinded elements are uniform and independent of the keys. Tokens have 128 bits: with 2^26
 *       rows on either side two different keys meet with probability 2^−76.
 *   <li>On success both learn each other's number of distinct keys, and the receiver learns which
 *       of its rows match. There is no refusal.
 *   <li>On abort the receiver may know the matches of the tokens that have come.
 *   <li>Fairness: none, one party has the output. A receiver that deviates can ask about other keys
 *       than it has, at most as many as it declared. A sender that deviates can leave keys out.
 *   <li>Set-size slack: none. Not post-quantum.
 * </ul>
 *
 * <p>Deviations from 2014/650: the blinding, and with it the public key as an input of H₂, as
 * 2021/273 asks for; the function's output is cut to 16 bytes; the run's binding goes into both
 * hashes; confirmations of the transcripts. A sender that sends a wrong public key makes the
 * receiver miss matches, which it can do by leaving keys out as well.
 */
@NullMarked
package org.tidegate.mpc.psi.ecdh;

import org.jspecify.annotations.NullMarked;
