/**
 * Floor 13: the protocols as data: names, roles, parameters, what each party learns, what a run
 * costs, its frames. Planners read this; nothing in {@code mpc} does. And the one place that
 * chooses kernels.
 */
@NullMarked
package org.tidegate.mpc.suite;

import org.jspecify.annotations.NullMarked;
