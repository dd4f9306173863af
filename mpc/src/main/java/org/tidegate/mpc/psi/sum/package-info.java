/**
 * Floor 10: private intersection-sum with cardinality: how many of the keys are at both owners, and
 * the sums of one owner's values over them [ePrint 2019/723, the DDH-based protocol of Figure 2].
 *
 * <pre>
 * matcher                                              value owner
 *   a random; x₁…x_m                                     b random; (y₁, v₁)…(y_n, v_n); key pk
 *   a·H(x), shuffled            ── MATCHER_KEYS ──▶
 *                               ◀── OWNER_ROWS ──        (b·H(y), Enc(v)), shuffled
 * recipient matcher:
 *   ab·H(y), shuffled again     ── RETURNED ──▶          counts
 *                               ◀── AGREE ──▶            transcripts are the same
 *                               ◀── VERDICT ──           [hook] count ≥ minimum, or both end here
 *   counts                      ◀── EVALUATED ──         ab·H(x), shuffled
 *   Enc(Σv + mask)              ── SUMS ──▶              decrypts
 *   Σv                          ◀── OPENED ──            Σv + mask
 * recipient value owner:
 *   counts                      ◀── EVALUATED ──         ab·H(x), shuffled
 *                               ◀── AGREE ──▶
 *   [hook] count ≥ minimum?     ── VERDICT ──▶
 *   ab·H(y), shuffled           ── RETURNED ──▶          counts
 *   Enc(Σv), randomised afresh  ── SUMS ──▶              decrypts: Σv
 * both:
 *                               DONE, END                transcripts are the same, to the last frame
 * </pre>
 *
 * <p><strong>Security card.</strong>
 *
 * <ul>
 *   <li>Corruption: one of the two parties, semi-honest. Proof: 2019/723, Theorem 1, in the random
 *       oracle model, under decisional Diffie-Hellman in Ristretto255 and the semantic security of
 *       Paillier's cryptosystem. What a network attacker alters shows in the transcripts before the
 *       result; frames come over an authenticated, encrypted channel in the first place.
 *   <li>On success both learn each other's number of distinct keys and minimum group, and the
 *       count; the recipient also learns the sums. Nobody learns which keys match.
 *   <li>On refusal the party that is not the recipient knows the count; the recipient knows only
 *       that it is below the larger of both minima. That is a bit of the answer: the hook comes
 *       before the verdict, so that a refusal counts as a use and cannot be asked for without end.
 *   <li>On abort: at most that. Before the hook was called the recipient knows nothing; after it,
 *       perhaps the verdict and the count, and after the last revealing frame, the sums.
 *   <li>Fairness: none. The recipient may know the answer and claim that the run failed; that is
 *       why a use counts from the hook on.
 *   <li>A party that deviates can choose its keys (and so probe for one key's value, which the
 *       minimum group only makes harder), lie about the list that its peer counts, and, as the
 *       matcher that is the recipient, sum another set of rows than the matching ones. The evidence
 *       (input commitments, transcripts, replay) shows this afterwards; the protocol does not.
 *   <li>Set-size slack: none. Not post-quantum: recorded frames can be opened by a quantum
 *       computer.
 * </ul>
 *
 * <p>Deviations from the paper: (1) the value owner, too, gets a doubly blinded list of its keys,
 * shuffled by the matcher, so that each owner counts for itself: in the paper only the matcher sees
 * the matches and reports. (2) If the matcher is the recipient, the sum goes back masked by a
 * uniform number at least λ + 1 bits beyond its range, and is opened by the key's owner. (3)
 * Several columns share a plaintext, in slots. (4) Randomness of ciphertexts is short, as Damgård,
 * Jurik and Nielsen have it. (5) Confirmations of the transcripts.
 *
 * <p>Elements of a list that is only compared (RETURNED, EVALUATED) are compared as bytes and not
 * decoded; elements that are multiplied are checked to be canonical and not the identity, and
 * ciphertexts to be units below N².
 */
@NullMarked
package org.tidegate.mpc.psi.sum;

import org.jspecify.annotations.NullMarked;
