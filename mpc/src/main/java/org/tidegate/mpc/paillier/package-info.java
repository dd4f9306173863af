/**
 * Floor 4: Paillier's cryptosystem with the key generation and the short randomness of Damgård,
 * Jurik and Nielsen ("A generalization of Paillier's public-key system with applications to
 * electronic voting", IJIS 9(6), 2010, section 4.2): the plain, auditable form of additively
 * homomorphic encryption.
 */
@NullMarked
package org.tidegate.mpc.paillier;

import org.jspecify.annotations.NullMarked;
