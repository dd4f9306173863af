/**
 * Floor 9: lists of keys raised to secret powers in a group of prime order: what Diffie-Hellman
 * protocols on sets are made of. F_k(x) = k·H(x), H by RFC 9380 in the run's own domain, so that
 * elements of different runs have nothing in common.
 */
@NullMarked
package org.tidegate.mpc.oprf;

import org.jspecify.annotations.NullMarked;
