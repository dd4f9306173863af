/**
 * Two programs that find each other without a space: one listens, one connects, both with mutual
 * TLS, and each believes exactly the other, by a fingerprint or as the member of a space that both
 * nodes joined. What comes out is a channel.
 */
@NullMarked
package org.tidegate.connector.pairing;

import org.jspecify.annotations.NullMarked;
