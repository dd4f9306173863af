/**
 * Floor 3: powers and products modulo big odd numbers, several side by side, over {@link
 * org.tidegate.mpc.lane.Montgomery}.
 */
@NullMarked
package org.tidegate.mpc.bigint.simd;

import org.jspecify.annotations.NullMarked;
