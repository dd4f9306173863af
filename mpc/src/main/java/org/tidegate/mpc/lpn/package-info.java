/**
 * Codes and noise for learning parity with noise in its dual form: N blocks that are zero but for t
 * hidden places become k &lt; N blocks that look random.
 *
 * <p><b>The code</b> is a parameter, named in plans and receipts: what is believed of such codes
 * has changed before. At hand is Expand-Convolute 21×24 and, for comparison, 7×24 (S. Raghuraman,
 * P. Rindal, T. Tanguy, ePrint 2023/882). Never Silver, which is broken (same paper), and not
 * Expand-Accumulate with 7.
 *
 * <p><b>The noise</b> is regular: one place in each of t stretches. t is the least for which
 *
 * <ul>
 *   <li>every linear test has bias (1 − 2d/N)^t ≤ 2^−κ (G. Couteau, P. Rindal, S. Raghuraman,
 *       ePrint 2021/1150, Definition 3.1), with d/N = 0.10, for 7×24 0.05. That is below the 0.110
 *       of Gilbert and Varshamov for random codes of rate 1/2. The authors' library takes 0.2 for
 *       21×24, a "pseudo" distance, in the belief that lighter words cannot be found; we do not;
 *   <li>decoding costs 2^κ: by information sets that use the stretches (A. Esser, P. Santini,
 *       ePrint 2023/1568) and by algebra (P. Briaud, M. Øygarden, ePrint 2023/176), as estimated by
 *       the script {@code mpc/src/scripts/noise_weight.py}; its output stands beside it, and a test
 *       compares.
 * </ul>
 *
 * At rate 1/2 the linear tests decide: t = 400, for 7×24 t = 848.
 *
 * <p><b>Deviations.</b> The convolution's taps are uniform but for the last, which is 1, and its
 * state begins at zero, without wrapping around. Each of the 21 positions of a row lies in a
 * stretch of its own (a regular expander).
 */
@NullMarked
package org.tidegate.mpc.lpn;

import org.jspecify.annotations.NullMarked;
