/**
 * Oblivious key-value stores: n pairs (key, value) become a vector P from which the value of any of
 * the keys can be computed, and which, if the values are uniform, does not tell which keys they
 * are. Keys have 128 bits, values 128 or, where the map is linear over GF(2), 64.
 *
 * <p>Source: S. Raghuraman, P. Rindal, <i>Blazing fast PSI from improved OKVS and subfield
 * VOLE</i>, ePrint 2022/320: three sparse columns a row, and g dense ones over GF(2^128), in
 * clusters of some 2^14 rows (sections 3 and 4), or over GF(2), for values of a subfield. With a,
 * b, c the sparse columns of a row and r_k its dense coefficients,
 *
 * <pre>value = P[a] + P[b] + P[c] + r_1·D[1] + … + r_g·D[g]</pre>
 *
 * <p><b>Parameters.</b> Let λ' = λ + 1 + log2(clusters). A cluster holds so many rows that one of
 * them overflows with probability 2^−(λ+1) at most (Chernoff's bound, and a union over the
 * clusters). Of n' rows in m sparse columns, elimination fails with probability 2^−λ' if
 *
 * <pre>m = n'·(1.223 + (λ' + 9.2) / 2^(2.336 + 0.555·log2 n'))    g = ⌊λ' / log2 m⌋</pre>
 *
 * The first is the paper's fit for weight 3, linear in λ'; a long test measures failure rates down
 * to 2^−9 and extrapolates them by Dembo and Montanari's law: the fit touches the truth near 10
 * bits and is on the safe side beyond. The second is the paper's count of what short cycles need:
 * more rows than g lose their sparse parts with probability 2^−λ'. With coefficients in GF(2) there
 * are g + λ' + 1 dense columns, rounded up to whole bytes of coefficients: then those rows, g at
 * most, are independent but for a probability of 2^(−λ'−1).
 *
 * <p><b>Deviations.</b> Rows come from AES in Matyas–Meyer–Oseas mode under a seed that is drawn
 * after the keys are fixed, in place of a salted hash. λ' takes the union over the clusters; public
 * implementations give each cluster λ. The dense coefficients are g independent polynomials of
 * degree below 16 instead of the powers of one element: if d ≤ g rows lose their sparse parts, they
 * stay independent but for a probability of 2^(−16(g−d+1)), which with the 2^(−d·log2 m) for d such
 * rows is below 2^−λ', since log2 m &lt; 16; and a product is then two look-ups. All free slots are
 * random, a choice that the paper leaves open: an encoding of uniform values is exactly uniform
 * over all vectors of its length, up to failure, so it may be sent unmasked (doubly oblivious).
 *
 * <p><b>Time.</b> How long encoding takes, and where it reads, depends on keys and seed: the keys
 * are the encoder's own. Values are only added and multiplied.
 */
@NullMarked
package org.tidegate.mpc.okvs;

import org.jspecify.annotations.NullMarked;
