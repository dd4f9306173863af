/**
 * Trees of Goldreich, Goldwasser and Micali: one seed grows into 2^depth blocks, and whoever knows
 * all but one of the branches off a path can grow all leaves but the one at its end (D. Boneh, B.
 * Waters, ePrint 2013/352; as a tool for correlations: E. Boyle et al., ePrint 2019/1159).
 *
 * <p>The children of a node s are π_0(s) ⊕ s and π_1(s) ⊕ s, for two fixed keys of AES: see {@link
 * org.tidegate.mpc.hash.MmoHash}. With π_0 and π_1 ideal permutations, whoever makes p calls of
 * them tells the hidden nodes of a tree from random ones with probability about p·2·depth/2^128:
 * each hidden node is uniform, so that it must be hit by a call (C. Guo et al., ePrint 2019/074).
 * Many trees under one pair of keys lose a factor of their number: draw keys per run.
 *
 * <p>Leaf j is reached by its bits from the lowest up: bit l decides at level l. So a level is one
 * array, and its expansion two calls of AES over all of it.
 */
@NullMarked
package org.tidegate.mpc.ggm;

import org.jspecify.annotations.NullMarked;
