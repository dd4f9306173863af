/**
 * Floor 5: the transport contract that protocols run over, an in-memory pair, and decorators that
 * count, digest and show frames.
 */
@NullMarked
package org.tidegate.mpc.channel;

import org.jspecify.annotations.NullMarked;
