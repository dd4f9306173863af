/**
 * Floor 8: vector oblivious linear evaluation with hardly any communication: the sender gets Δ and
 * b, the receiver a and c, in GF(2^128), pseudorandom but for
 *
 * <pre>c = a·Δ + b</pre>
 *
 * <p>Source: E. Boyle et al., ePrint 2019/1159, with the code of ePrint 2023/882 (package {@link
 * org.tidegate.mpc.lpn}). The receiver draws regular noise: t places α_i with values y_i. For each
 * stretch the sender grows a tree whose leaves are b there; the receiver gets it without the leaf
 * at α_i (package {@link org.tidegate.mpc.ggm}), and fills the hole from a linear evaluation of the
 * y_i. Then a, b and c are the noise, zero but for the y_i, and the two sides' leaves under a
 * public linear map that compresses them to half.
 *
 * <pre>
 * sender (Δ)                                            receiver (α_i, y_i)
 *      transfers with the bits of α_i, and SoftSpoken's bit-wise evaluation of the y_i:
 *      sender b'_i, receiver c'_i = y_i·Δ + b'_i
 *   trees                       ── TREES ──▶            trees without α_i
 *   s_i = Σ leaves + b'_i                               c at α_i: s_i + Σ other leaves + c'_i
 *                               ◀── CHALLENGE ──        χ, x' = Σ χ_j·a_j + x*     (malicious)
 *   V = Σ χ_j·b_j + b* + x'·Δ   ── ANSWER ──▶           H(V) = H(Σ χ_j·c_j + c*)?  (malicious)
 * </pre>
 *
 * <p>The check is that of K. Weng et al., ePrint 2020/925, Figure 7, over all trees at once, with
 * the last of the y_i as its mask x*.
 *
 * <p><strong>Security card.</strong>
 *
 * <ul>
 *   <li>Corruption: one of two parties, semi-honest or malicious, as agreed. Dual learning parity
 *       with noise for the code, ideal permutations in the trees, what the transfers assume.
 *   <li>Neither learns anything. In malicious mode a sender may guess at the noise's places, and is
 *       found out unless it guesses right: the assumption is that with such leakage, about one bit
 *       in all. A receiver may guess at bits of Δ in the transfers, on the same terms.
 *   <li>Fairness: none. Not post-quantum, because the base transfers are not.
 * </ul>
 *
 * <p><b>Deviations.</b> Large runs are made in parts of at most 2^19 elements under one Δ, each
 * with noise of its own. Noise values come from the bit-wise evaluation that the transfers make
 * anyway, instead of a second protocol. A value may have its lowest bits only: the code is over
 * GF(2), so a then stays in that subspace; values are never zero, since the weight of the noise
 * counts those that are not. The equality test at the end of the check is a hash from the sender,
 * which the receiver compares: the receiver's value never leaves it.
 *
 * <p><b>Time.</b> The receiver's places decide which nodes are mended and where values go: array
 * indices on its own machine, as in all implementations of such trees.
 */
@NullMarked
package org.tidegate.mpc.vole;

import org.jspecify.annotations.NullMarked;
