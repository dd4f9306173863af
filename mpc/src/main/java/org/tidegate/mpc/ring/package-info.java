/**
 * Arithmetic of Z_q[X]/(X^N + 1) for N a power of two and word-sized primes q, and residue number
 * systems over several of them.
 *
 * <p>Coefficients are canonical, in [0, q), wherever they are visible; lazy forms stay inside a
 * call. So all implementations of {@link org.tidegate.mpc.ring.Ntt} give the same numbers. Primes
 * lie below 2^50: that leaves the lanes, which compute in the 53-bit integers of a double, three
 * bits for sums that wait to be reduced ({@link org.tidegate.mpc.ring.simd}). Time and memory
 * accesses depend on N only.
 *
 * <p>Sources: D. Harvey, <i>Faster arithmetic for number-theoretic transforms</i>, arXiv 1205.2926
 * (the scalar butterflies); P. Longa, M. Naehrig, ePrint 2016/504 (negacyclic transforms with the
 * twist merged, Algorithms 1 and 2; here values come in bit-reversed order, as there); J. van der
 * Hoeven, G. Lecerf, G. Quintin, <i>Modular SIMD arithmetic in Mathemagix</i>, arXiv 1407.3383,
 * section 4 (products modulo q by fused multiply-add).
 */
@NullMarked
package org.tidegate.mpc.ring;

import org.jspecify.annotations.NullMarked;
