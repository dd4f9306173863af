/** Floor 3: arithmetic modulo squares of odd numbers. */
@NullMarked
package org.tidegate.mpc.bigint;

import org.jspecify.annotations.NullMarked;
