/** Floor 3: hashing with domain separation, the binding of a run, expansion by RFC 9380. */
@NullMarked
package org.tidegate.mpc.hash;

import org.jspecify.annotations.NullMarked;
