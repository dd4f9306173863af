/** Floor 3: hashes of many messages at a time, over {@link org.tidegate.mpc.lane.Compression}. */
@NullMarked
package org.tidegate.mpc.hash.simd;

import org.jspecify.annotations.NullMarked;
