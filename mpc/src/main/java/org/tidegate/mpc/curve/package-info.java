/**
 * Floor 4: groups of prime order, with hashing by RFC 9380: Ristretto255 [RFC 9496], P-256 and SM2.
 * Batch kernels are chosen by whoever makes a session.
 *
 * <p>For SM2, RFC 9380 has no suite. {@code SM2_XMD:SM3_SSWU_RO_} is built as its sections 8 and
 * 8.10 say: {@code expand_message_xmd} with SM3, m = 1, L = 48, the simplified SWU map with Z = −9
 * from appendix H.2, h_eff = 1; its test vectors are our own, from two implementations.
 */
@NullMarked
package org.tidegate.mpc.curve;

import org.jspecify.annotations.NullMarked;
