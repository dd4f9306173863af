/**
 * Floor 6: what a protocol run is given: a channel, randomness, workers, kernels, the run's
 * binding, a deadline and a progress listener.
 */
@NullMarked
package org.tidegate.mpc.session;

import org.jspecify.annotations.NullMarked;
