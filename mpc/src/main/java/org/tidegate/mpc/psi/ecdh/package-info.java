/**
 * Floor 10: private set intersection by Diffie-Hellman: the receiver learns which of its rows
 * match. Each key goes through the oblivious pseudorandom function 2HashDH [ePrint 2014/650, Figure
 * 2] with the sender's key k': F(x) = H₂(x, k'·H(x)); the receiver compares its outputs with the
 * sender's.
 *
 * <pre>
 * sender                                               receiver
 *   k' random; y₁…y_n                                    k random; x₁…x_m
 *                               ◀── BLINDED ──           k·H(x), shuffled
 *   k'·k·H(x)                   ── EVALUATED ──▶         1/k · that = k'·H(x)
 *                               ◀── AGREE ──▶            transcripts are the same
 *   H₂(y, k'·H(y)), shuffled    ── TOKENS ──▶            compares
 *                               SEALED, DONE, END        transcripts are the same, to the last frame
 * </pre>
 *
 * <p><strong>Security card.</strong>
 *
 * <ul>
 *   <li>Corruption: one of the two parties, semi-honest; random oracle model, one-more gap
 *       Diffie-Hellman in the agreed group: Ristretto255, P-256 or SM2. Keys are fresh per run.
 *       Tokens have 256 bits.
 *   <li>On success both learn each other's number of distinct keys, and the receiver learns which
 *       of its rows match. There is no refusal.
 *   <li>On abort the receiver may know the matches of the tokens that have come.
 *   <li>Fairness: none, one party has the output. A receiver that deviates can ask about other keys
 *       than it has, at most as many as it declared. A sender that deviates can leave keys out.
 *   <li>Set-size slack: none. Not post-quantum.
 * </ul>
 *
 * <p>Deviations from the paper: the function's output is cut to 32 bytes; the run's binding goes
 * into both hashes; confirmations of the transcripts.
 */
@NullMarked
package org.tidegate.mpc.psi.ecdh;

import org.jspecify.annotations.NullMarked;
