/**
 * Vector versions of {@link org.tidegate.mpc.cipher}. 256-bit classes are derived from the 512-bit
 * ones by the build. Loading any of them needs the module {@code jdk.incubator.vector}.
 */
@NullMarked
package org.tidegate.mpc.cipher.simd;

import org.jspecify.annotations.NullMarked;
