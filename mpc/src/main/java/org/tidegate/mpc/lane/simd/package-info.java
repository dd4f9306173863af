/**
 * Vector versions of the kernels of {@link org.tidegate.mpc.lane}.
 *
 * <p>Classes are written for 512-bit vectors, as {@code *512}; the build derives the 256-bit ones
 * from them by {@code WidthVariants}, since C2 compiles vectors well only where their width is a
 * constant of the class. Loading any of them needs the module {@code jdk.incubator.vector}.
 */
@NullMarked
package org.tidegate.mpc.lane.simd;

import org.jspecify.annotations.NullMarked;
