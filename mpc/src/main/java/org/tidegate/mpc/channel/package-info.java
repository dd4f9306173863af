/** Floor 5: the transport contract that protocols run over, and an in-memory pair. */
@NullMarked
package org.tidegate.mpc.channel;

import org.jspecify.annotations.NullMarked;
