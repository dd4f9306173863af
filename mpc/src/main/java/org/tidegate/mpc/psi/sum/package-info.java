/**
 * Floor 10: private intersection-sum with cardinality: how many of the keys are at both owners, and
 * the sums of one owner's values over them [ePrint 2019/723, the DDH-based protocol of Figure 2].
 */
@NullMarked
package org.tidegate.mpc.psi.sum;

import org.jspecify.annotations.NullMarked;
