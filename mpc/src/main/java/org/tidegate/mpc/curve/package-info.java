/**
 * Floor 4: groups of prime order. Ristretto255 [RFC 9496] with hashing by RFC 9380; batch kernels
 * are chosen by whoever makes a session.
 */
@NullMarked
package org.tidegate.mpc.curve;

import org.jspecify.annotations.NullMarked;
