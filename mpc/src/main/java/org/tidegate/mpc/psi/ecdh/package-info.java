/** Floor 10: private set intersection by Diffie-Hellman; the receiver learns its matching rows. */
@NullMarked
package org.tidegate.mpc.psi.ecdh;

import org.jspecify.annotations.NullMarked;
