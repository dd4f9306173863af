/**
 * Floor 2: exact arithmetic on 51-bit limbs held in doubles, for independent items side by side in
 * vector lanes.
 *
 * <p>Java has no vector multiply-high, but it has a fused multiply-add. For integers {@code a, b}
 * with {@code |a·b| ≤ 2^102} and the constant {@code C = 1.5·2^103}, whose neighbourhood has a
 * spacing of {@code 2^51},
 *
 * <pre>
 *   h = fma(a, b, C)                       = C + hi·2^51      hi = the nearest integer to a·b / 2^51
 *   l = fma(a, b, (C + 1.5·2^52) − h)      = 1.5·2^52 + lo    lo = a·b − hi·2^51, |lo| ≤ 2^50
 * </pre>
 *
 * <p>are exact, and within a binade the raw bits of a double are linear in its value: bits(h) =
 * bits(C) + hi and bits(l) = bits(1.5·2^52) + lo. Products are therefore summed as 64-bit integers,
 * and the known sums of bits(C) and bits(1.5·2^52) are taken off once per column.
 *
 * <p>Each kernel is an interface here, with a scalar twin of one lane beside it (the reference) and
 * vector versions in {@link org.tidegate.mpc.lane.simd}. All of them give the same limbs, bit for
 * bit.
 */
@NullMarked
package org.tidegate.mpc.lane;

import org.jspecify.annotations.NullMarked;
