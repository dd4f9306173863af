/** Floor 3: prime fields: 2^255 − 19 on flat arrays, and the integers modulo the group order ℓ. */
@NullMarked
package org.tidegate.mpc.field;

import org.jspecify.annotations.NullMarked;
