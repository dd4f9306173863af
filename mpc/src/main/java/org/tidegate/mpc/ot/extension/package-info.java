/**
 * Floor 8: from 128 base transfers to as many as one likes, by SoftSpokenOT (L. Roy, ePrint
 * 2022/192). Under it, and of use by itself, is a <em>bit VOLE</em>: for bits u_i of the receiver's
 * choice and a random Δ of the sender's, both in GF(2)^128,
 *
 * <pre>w_i = v_i + u_i·Δ</pre>
 *
 * with u, v at the receiver and Δ, w at the sender. Hashes of w_i and w_i + Δ are a random transfer
 * whose choice is u_i.
 *
 * <pre>
 * receiver (u)                                         sender
 *                               ◀── base transfers ──▶   Δ random; choices: the complement of Δ
 *   128/k trees of 2^k leaves   ── TREES ──▶             all leaves but leaf Δ_j of tree j
 *   [leaves' check]             ── LEAVES ──▶            the leaves are one tree's
 *   Σ_x PRG(x) + u per tree     ── CORRECTIONS ──▶       w = Σ_x (x + Δ_j)·PRG(x) + Δ_j·correction
 *   v = Σ_x x·PRG(x)
 *                               ◀── CHALLENGE ──         [χ random]
 *   [ũ = χ(u), ṽ = χ(v)]        ── ANSWER ──▶            χ(w) = ṽ + ũ·Δ
 * </pre>
 *
 * Brackets: malicious only. k is the parameter {@code fieldBits}: the corrections have 128/k bits a
 * transfer, and 2^k·128/k pseudorandom bits are made for them.
 *
 * <p><strong>Security card.</strong>
 *
 * <ul>
 *   <li>Corruption: one of the two parties, semi-honest or malicious as the parameters say; random
 *       oracle model, with the base transfers' assumptions; trees as {@link org.tidegate.mpc.ggm}
 *       says; AES-128 as a pseudorandom generator. Malicious: 2022/192, Figures 7 (subspace VOLE),
 *       13 and 14 (trees), 10 (transfers); the universal hash is linear over GF(2^128), and errs
 *       with probability 2^−128.
 *   <li>A corrupt receiver may guess parts of Δ: if it is wrong, the run aborts; each guessed bit
 *       halves its chance. That is the functionality of the paper. Transfers are endemic: a corrupt
 *       party may choose the outputs that it learns.
 *   <li>On success nobody learns more than its output. On abort at most the guess is confirmed. All
 *       failed checks read alike.
 *   <li>Binding, use, parameters, instance and index go into the hashes. A use is made once per
 *       session: the same use twice would give the same randomness. A Δ that leaves this package as
 *       an output must not also be that of hashed transfers: take another instance.
 *   <li>Semi-honest: what a network attacker alters makes outputs differ, which the protocol above
 *       must find out; malicious: it aborts, or is a choice that the functionality allows.
 *   <li>Not post-quantum, because of the base transfers.
 * </ul>
 *
 * <p>Deviations from the paper: (1) u is chosen, not random, so that each tree has a correction.
 * (2) The repetition code only. (3) The trees of several instances are checked with one hash. (4)
 * Several instances with a Δ each share the base transfers' round trip and the challenge.
 */
@NullMarked
package org.tidegate.mpc.ot.extension;

import org.jspecify.annotations.NullMarked;
