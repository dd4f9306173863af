/**
 * Floor 10: private set intersection from an oblivious key-value store and vector linear
 * evaluation: the receiver learns which of its rows match.
 *
 * <p>Source: S. Raghuraman, P. Rindal, ePrint 2022/320, Figure 4; see {@link
 * org.tidegate.mpc.oprf.vole} for its steps up to the function.
 *
 * <pre>
 * sender                                               receiver
 *                               ◀── HELLO ──▶          numbers of keys
 *                               the function F         F at its keys
 *                               ◀── AGREE ──▶          transcripts are the same
 *   F(y), cut, shuffled         ── TAGS ──▶            compares
 *                               ◀── MATCHED ──         where both learn: a bit a tag
 *                               SEALED, DONE, END      transcripts are the same, to the last frame
 * </pre>
 *
 * <p><strong>Security card.</strong>
 *
 * <ul>
 *   <li>Corruption: one of the two parties, semi-honest or malicious, as agreed; assumptions as for
 *       the function. Output goes to the receiver.
 *   <li>On success both learn each other's number of distinct keys, unless sizes are hidden, and
 *       the receiver learns which of its rows match. Where both are agreed to learn, the receiver
 *       says which of the tags matched, and the sender learns which of its rows do; it has to
 *       believe it, so this is for semi-honest parties. There is no refusal.
 *   <li>On abort the receiver may know the matches of the tags that have come.
 *   <li>Fairness: none, one party has the output. A receiver that deviates can ask about other keys
 *       than it has, and about up to n' of them, the slots of the store (about 1.35 n). A sender
 *       that deviates can leave keys out.
 *   <li>Not post-quantum.
 * </ul>
 *
 * <p>With short values (see the function) the receiver sends half as much for its store, against
 * semi-honest peers only.
 *
 * <p>Tags have 128 bits against a malicious peer; else λ + log2 of the product of both numbers of
 * keys, so that one that matches by chance has probability 2^−λ over all.
 *
 * <p>Deviations from the paper: those of the function; confirmations of the transcripts; the
 * receiver's word to the sender; a party without keys takes part with one random token.
 */
@NullMarked
package org.tidegate.mpc.psi.rr22;

import org.jspecify.annotations.NullMarked;
